import { describe, expect, it } from 'vitest';
import { CipherError } from './cobblestone';
import {
  checkValue,
  KeyRingError,
  makeRing,
  purposeKey,
  readRing,
  withNewKey,
  withoutKeys,
  writeRing,
} from './key-ring';
import { seal, sealedWith, UnknownKeyError, unseal } from './seal';

const secret = Buffer.from('a seed');

describe('a sealed secret', () => {
  it('opens with the ring and the context it was sealed with, and differs each time', () => {
    const ring = makeRing();
    const sealed = seal(ring, 'person/totp/ada', secret);
    expect(unseal(ring, 'person/totp/ada', sealed)).toEqual(secret);
    expect(seal(ring, 'person/totp/ada', secret).equals(sealed)).toBe(false);
    expect(sealed.includes(secret)).toBe(false);
    expect(sealedWith(sealed)).toBe(ring.primary);
  });

  it('does not open in another place, with another ring, or with any byte changed', () => {
    const ring = makeRing();
    const sealed = seal(ring, 'person/totp/ada', secret);
    expect(() => unseal(ring, 'person/totp/bo', sealed)).toThrow(CipherError);
    expect(() => unseal(makeRing(), 'person/totp/ada', sealed)).toThrow(UnknownKeyError);
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => unseal(ring, 'person/totp/ada', changed), `byte ${at}`).toThrow();
    }
    expect(() => unseal(ring, 'person/totp/ada', Buffer.alloc(0))).toThrow(RangeError);
  });

  it('opens after a new key has become the primary, until its own is removed', () => {
    const before = makeRing();
    const sealed = seal(before, 'x', secret);
    const after = withNewKey(before);
    expect(unseal(after, 'x', sealed)).toEqual(secret);
    expect(sealedWith(seal(after, 'x', secret))).toBe(after.primary);
    expect(() => unseal(withoutKeys(after, [before.primary]), 'x', sealed)).toThrow(
      new UnknownKeyError(before.primary),
    );
  });
});

describe('a key ring', () => {
  it('is read as it was written', () => {
    const ring = withNewKey(makeRing());
    expect(readRing(writeRing(ring))).toEqual(ring);
    expect(ring.keys.size).toBe(2);
  });

  it('does not give up its primary key', () => {
    const ring = withNewKey(makeRing());
    expect(() => withoutKeys(ring, [ring.primary])).toThrow(RangeError);
  });

  it.each([
    ['', 'not one'],
    ['{', 'not one'],
    ['[]', 'not one'],
    ['{"version":2,"primary":"a","keys":{}}', 'not one'],
    ['{"version":1,"primary":"a","keys":{"A b":"AAAA"}}', 'not one'],
    ['{"version":1,"primary":"a","keys":{"a":"c2VjcmV0"}}', 'does not have 32 bytes'],
    [`{"version":1,"primary":"b","keys":{"a":"${Buffer.alloc(32).toString('base64')}"}}`, 'primary'],
  ])('is refused when its file is %j, without repeating it', (text, says) => {
    const read = () => readRing(text);
    expect(read).toThrow(KeyRingError);
    expect(read).toThrow(says);
    expect(read).not.toThrow(/c2VjcmV0/);
  });

  it('has a check value and a key of its own for each purpose', () => {
    const [one = Buffer.alloc(0), other = Buffer.alloc(0)] = [...withNewKey(makeRing()).keys.values()];
    expect(checkValue(one)).toHaveLength(8);
    expect(checkValue(one).equals(checkValue(other))).toBe(false);
    expect(purposeKey(one, 'a').equals(purposeKey(one, 'b'))).toBe(false);
    expect(purposeKey(one, 'a').equals(one)).toBe(false);
  });
});
