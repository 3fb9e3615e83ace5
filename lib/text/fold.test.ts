import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold, naturalKey, wellFormed } from './fold';

const unicode = () => fc.string({ unit: 'binary' });

describe('fold (V03)', () => {
  test.each([
    ['Café', 'CAFE\u0301'],
    ['Straße', 'STRASSE'],
    ['ſol', 'Sol'],
    ['ΟΔΟΣ', 'οδος'],
    ['ﬁn', 'FIN'],
    ['İz', 'I\u0307z'],
    ['Ñandú', 'N\u0303ANDU\u0301'],
    ['ẞ', 'ß'],
  ])('%s and %s are one name', (a, b) => expect(fold(a)).toBe(fold(b)));

  test('a dotless ı is another letter than i', () => expect(fold('ı')).not.toBe(fold('i')));
  test('accents make another name', () => expect(fold('Cafe')).not.toBe(fold('Café')));

  test('folding twice changes nothing, for every character', () => {
    for (let code = 0; code <= 0x10ffff; code++) {
      const once = fold(String.fromCodePoint(code));
      if (fold(once) !== once) throw new Error(`U+${code.toString(16)}`);
    }
  });

  test('folding twice changes nothing, for every text', () =>
    fc.assert(fc.property(unicode(), (text) => fold(fold(text)) === fold(text))));
  test('decomposed text folds like composed text', () =>
    fc.assert(fc.property(unicode(), (text) => fold(text.normalize('NFD')) === fold(text.normalize('NFC')))));
});

describe('naturalKey', () => {
  const sorted = (names: string[]) => [...names].sort((a, b) => (naturalKey(a) < naturalKey(b) ? -1 : 1));

  test('numbers sort by value', () =>
    expect(sorted(['10 b', '9 b', '2.10', '2.9', '007', '100000000000 a', '99999999999 z'])).toEqual([
      '2.9',
      '2.10',
      '007',
      '9 b',
      '10 b',
      '99999999999 z',
      '100000000000 a',
    ]));
  test('accents and case do not count', () =>
    expect(sorted(['Zoo', 'éter', 'Estrella', 'fin'])).toEqual(['Estrella', 'éter', 'fin', 'Zoo']));
  test("a folder's notes stay together", () =>
    expect(sorted(['a b/1.md', 'a/2.md', 'a!/1.md', 'a/1.md', 'a.md'])).toEqual([
      'a/1.md',
      'a/2.md',
      'a b/1.md',
      'a!/1.md',
      'a.md',
    ]));

  test('different names have different keys', () =>
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: 'grapheme' }),
        (a, b) => a === b || naturalKey(a) !== naturalKey(b),
      ),
    ));
  test('any two whole numbers sort by value', () =>
    fc.assert(
      fc.property(
        fc.nat(),
        fc.nat(),
        (a, b) => a === b || naturalKey(`Lesson ${a}`) < naturalKey(`Lesson ${b}`) === a < b,
      ),
    ));
  test('bytes and JavaScript agree on the order', () =>
    fc.assert(
      fc.property(unicode(), unicode(), (a, b) => {
        const [x, y] = [naturalKey(wellFormed(a)), naturalKey(wellFormed(b))];
        return Math.sign(Buffer.compare(Buffer.from(x), Buffer.from(y))) === (x === y ? 0 : x < y ? -1 : 1);
      }),
    ));
  test('it can be stored as text', () =>
    fc.assert(fc.property(unicode(), (text) => !/\0|\p{Surrogate}/u.test(naturalKey(text)))));
});
