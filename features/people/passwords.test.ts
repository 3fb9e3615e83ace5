import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { hash } from '@node-rs/argon2';
import { describe, expect, it } from 'vitest';
import { checkPassword, hashPassword, isDated, RUNNING_MAX, TooBusy, WAITING_MAX } from './passwords';
import { isCommon, password } from './schema';

describe('a password', () => {
  it('is any of 8 to 256 characters, whatever they are, none of them cut', async () => {
    expect(password.safeParse('7 chars').success).toBe(false);
    expect(password.safeParse('ocho oc8').success).toBe(true);
    expect(password.safeParse('las ñus cantan ✨').success).toBe(true);
    const long = 'a long story '.repeat(30).slice(0, 256);
    expect(password.safeParse(long).success).toBe(true);
    expect(password.safeParse(`${long}x`).success).toBe(false);
    const hash = await hashPassword(long);
    expect(await checkPassword(hash, `${long.slice(0, 255)}x`)).toBe(false);
    expect(await checkPassword(hash, long)).toBe(true);
  });

  it.each(['password', 'PASSWORD1', 'qwertyuiop', '12345678', 'Superman'])(
    'is not %s, which is tried first',
    (text) => {
      expect(isCommon(text)).toBe(true);
      expect(password.safeParse(text).success).toBe(false);
    },
  );

  it('is kept as argon2id with today’s parameters, and made anew when it was hashed with weaker ones', async () => {
    const hash = await hashPassword('six words nobody has guessed yet');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(isDated(hash)).toBe(false);
    expect(isDated(hash.replace('m=19456', 'm=4096'))).toBe(true);
  });

  it('typed in another way of writing the same letters is the same', async () => {
    expect(await checkPassword(await hashPassword('contraseña'.normalize('NFD')), 'contraseña'.normalize('NFC'))).toBe(
      true,
    );
  });

  it('is checked for nobody with the same work, and is never right', async () => {
    expect(await checkPassword(null, 'six words nobody has guessed yet')).toBe(false);
  });

  it('waits its turn, and is turned away when too many wait', async () => {
    const ends = await Promise.allSettled(Array.from({ length: 150 }, () => checkPassword(null, 'x')));
    const refused = ends.filter((end) => end.status === 'rejected');
    expect(refused.length).toBe(150 - RUNNING_MAX - WAITING_MAX);
    expect(refused.every((end) => end.status === 'rejected' && end.reason instanceof TooBusy)).toBe(true);
    expect(await checkPassword(null, 'x')).toBe(false);
  });

  it('leaves Node a thread for everything else, however many are checked', async () => {
    const slow = await hash('x', { memoryCost: 19_456, timeCost: 100, parallelism: 1 });
    let checked = 0;
    const all = Array.from({ length: 8 }, () => checkPassword(slow, 'y').finally(() => checked++));
    await stat(tmpdir());
    expect(checked).toBe(0);
    await Promise.all(all);
  });
});
