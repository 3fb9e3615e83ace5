import { chmod, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { object, person } from '@/db/schema';
import { makeRing } from '@/lib/crypto/key-ring';
import { type Desk, makeDesk, OPEN, OTHER_PNG, PNG } from '../vaults/testing/desk';
import { KeyTrouble } from './dek';
import { findKeyRing, keyRing, ringPath, saveKeyRing } from './ring-file';
import { listKeys, removeKey, rotateKeys } from './rotate';
import { seal, totpContext, unseal } from './seal';
import { isSound, openKeys, readKeyState, sentenceOf, writingRing } from './state';

let desk: Desk;
beforeAll(async () => {
  desk = await makeDesk();
  await desk.publish(
    await desk.folder('album', { ...OPEN, 'Ada.md': '![[a.png]] ![[b.png]]\n', 'a.png': PNG, 'b.png': OTHER_PNG }),
  );
});
afterAll(() => desk.clear());

const objects = () => desk.db.select().from(object).orderBy(object.sha256);
const everyByte = async () => Promise.all((await objects()).map(({ id }) => desk.bytes(id)));

describe('a rotation', () => {
  it('gives every row a new key to open with, rewrites no stored byte, and leaves all readable', async () => {
    const [before, bytes] = [await objects(), await everyByte()];
    const stored = await Promise.all(before.map(({ id }) => desk.store.open(`${id}.1`)));
    const [ada] = await desk.db
      .insert(person)
      .values({ email: 'a@b.c', emailKey: 'a@b.c', name: 'Ada', role: 'owner' })
      .returning();
    const context = totpContext(ada?.id ?? '');
    await desk.db.update(person).set({ totpSecret: await seal(desk.db, context, Buffer.from('seed')) });
    const old = (await keyRing()).primary;

    const rotated = await rotateKeys(desk.db);
    expect(rotated).toEqual({ primary: expect.not.stringMatching(old), made: true, rewrapped: 3, failed: [] });
    const after = await objects();
    for (const [i, row] of after.entries()) {
      expect(row.kekId).toBe(rotated.primary);
      expect(row.version).toBe(before[i]?.version);
      expect(row.wrappedDek).not.toEqual(before[i]?.wrappedDek);
    }
    expect(await everyByte()).toEqual(bytes);
    for (const each of stored) await each?.close();
    const [{ secret } = { secret: null }] = await desk.db.select({ secret: person.totpSecret }).from(person);
    expect(String(await unseal(context, secret ?? new Uint8Array()))).toBe('seed');
    expect(await listKeys(desk.db)).toEqual([
      { id: old, primary: false, uses: 0 },
      { id: rotated.primary, primary: true, uses: 3 },
    ]);
  });

  it('that was cut off after any row is finished by the next, with everything readable meanwhile', async () => {
    const bytes = await everyByte();
    const { primary: first } = await rotateKeys(desk.db);
    // As if it had died: a new primary, and one row still wrapped with the one before
    const [row] = await objects();
    const { primary: second } = await rotateKeys(desk.db);
    await desk.db
      .update(object)
      .set({ kekId: first, wrappedDek: row?.wrappedDek })
      .where(eq(object.id, row?.id ?? ''));
    expect(await everyByte()).toEqual(bytes);
    expect(await rotateKeys(desk.db)).toEqual({ primary: second, made: false, rewrapped: 1, failed: [] });
    expect(await everyByte()).toEqual(bytes);
  });

  it('goes on past a row whose key is damaged, and names it', async () => {
    const [row] = await objects();
    await desk.db
      .update(object)
      .set({ wrappedDek: Buffer.alloc(40) })
      .where(eq(object.id, row?.id ?? ''));
    const rotated = await rotateKeys(desk.db);
    expect(rotated).toMatchObject({ failed: [row?.id], rewrapped: 2 });
    await desk.db
      .update(object)
      .set({ wrappedDek: row?.wrappedDek })
      .where(eq(object.id, row?.id ?? ''));
    expect(await rotateKeys(desk.db)).toMatchObject({ made: false, rewrapped: 1, failed: [] });
  });

  it('goes on past a secret that is damaged, and names it', async () => {
    const [ada] = await desk.db.select({ id: person.id, kept: person.totpSecret }).from(person);
    const damaged = Buffer.from(ada?.kept ?? []);
    damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 1;
    await desk.db.update(person).set({ totpSecret: damaged });
    await expect(unseal(totpContext(ada?.id ?? ''), damaged)).rejects.toThrow(KeyTrouble);
    expect(await rotateKeys(desk.db)).toMatchObject({ failed: [ada?.id], rewrapped: 2 });
    await desk.db.update(person).set({ totpSecret: ada?.kept });
    expect(await rotateKeys(desk.db)).toMatchObject({ made: false, rewrapped: 1, failed: [] });
  });

  it('leaves the keys before in the ring, until one that nothing is wrapped with is removed', async () => {
    const { primary, keys } = await keyRing();
    const [unused = ''] = [...keys.keys()].filter((id) => id !== primary);
    await expect(removeKey(desk.db, primary)).rejects.toThrow('primary');
    await expect(removeKey(desk.db, 'nobody')).rejects.toThrow('no key nobody');
    await removeKey(desk.db, unused);
    expect((await keyRing()).keys.has(unused)).toBe(false);
    expect(isSound(await readKeyState(desk.db))).toBe(true);
    expect(await everyByte()).toHaveLength(2);
  });
});

describe('the key ring', () => {
  it('is readable by its owner only', async () => {
    expect((await stat(ringPath())).mode & 0o777).toBe(0o400);
  });

  it('that lost a key, or has another under its id, is found out, and encrypts nothing more', async () => {
    const ring = await keyRing();
    const other = makeRing();
    await saveKeyRing(other);
    expect(await readKeyState(desk.db)).toMatchObject({
      missing: [...ring.keys.keys()].sort(),
      wrong: [],
      problem: null,
    });
    await expect(writingRing(desk.db)).rejects.toThrow(`lacks the key ${[...ring.keys.keys()].sort().join(', ')}`);
    await expect(rotateKeys(desk.db)).rejects.toThrow('lacks the key');
    expect((await openKeys(desk.db)).made).toBe(false);
    const swapped = new Map([...ring.keys.keys()].map((id) => [id, Buffer.alloc(32, 7)]));
    await saveKeyRing({ primary: ring.primary, keys: swapped });
    expect(await readKeyState(desk.db)).toMatchObject({ missing: [], wrong: [...ring.keys.keys()].sort() });
    await expect(writingRing(desk.db)).rejects.toThrow('has another key under the id');
    await expect(seal(desk.db, 'a place', Buffer.from('seed')), 'it would be lost').rejects.toThrow('another key');
    await saveKeyRing(ring);
    expect(isSound(await readKeyState(desk.db))).toBe(true);
  });

  it('that is gone is not made anew once something is encrypted, and one that is none is not written over', async () => {
    const ring = await keyRing();
    await rm(ringPath());
    const state = await openKeys(desk.db);
    expect([state.made, state.problem]).toEqual([false, `There is no key ring at ${ringPath()}.`]);
    expect(await findKeyRing()).toBeNull();
    await writeFile(ringPath(), 'not a ring');
    const broken = await openKeys(desk.db);
    expect(sentenceOf(broken)).toContain('The key ring is not one');
    expect(await readFile(ringPath(), 'utf8')).toBe('not a ring');
    await chmod(ringPath(), 0o600);
    await saveKeyRing(ring);
  });

  it('is read again when another process changes it', async () => {
    const ring = await keyRing();
    await saveKeyRing({ ...ring, keys: new Map([...ring.keys, ['later', Buffer.alloc(32, 1)]]) });
    expect((await keyRing()).keys.has('later')).toBe(true);
    await saveKeyRing(ring);
  });

  it('missing a key, an import goes on without bytes and says why; the next keeps them', async () => {
    const ring = await keyRing();
    await saveKeyRing(makeRing());
    const folder = await desk.folder('late', { ...OPEN, 'Bo.md': '![[a.png]]\n', 'a.png': PNG });
    const { report } = await desk.publish(folder);
    expect(report.problems).toMatchObject([{ path: 'a.png', problem: expect.stringContaining('lacks the key') }]);
    await saveKeyRing(ring);
    expect((await desk.publish(folder)).report.problems).toEqual([]);
    expect(await everyByte()).toHaveLength(3);
  });
});
