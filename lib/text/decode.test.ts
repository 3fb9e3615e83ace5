import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeText } from './decode';

const utf16le = (text: string) => Buffer.from(text, 'utf16le');
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();

describe('decodeText (V06)', () => {
  test('UTF-8 is read as it is', () =>
    expect(decodeText(Buffer.from('Señal 🌱'))).toEqual({ text: 'Señal 🌱', encoding: 'utf-8', problem: null }));
  test('a byte order mark is no part of the text', () =>
    expect(decodeText(Buffer.from('\uFEFF# Hola')).text).toBe('# Hola'));
  test('an empty file is an empty text', () =>
    expect(decodeText(Buffer.alloc(0))).toMatchObject({ text: '', problem: null }));
  test('every line end becomes one', () => expect(decodeText(Buffer.from('a\r\nb\rc\nd')).text).toBe('a\nb\nc\nd'));
  test('UTF-16 with a byte order mark is read silently', () => {
    expect(decodeText(Buffer.concat([Buffer.from([0xff, 0xfe]), utf16le('Año\r\n1')]))).toEqual({
      text: 'Año\n1',
      encoding: 'utf-16le',
      problem: null,
    });
    expect(decodeText(Buffer.concat([Buffer.from([0xfe, 0xff]), utf16be('Año')]))).toEqual({
      text: 'Año',
      encoding: 'utf-16be',
      problem: null,
    });
  });
  test('UTF-16 without a byte order mark is guessed and reported', () => {
    expect(decodeText(utf16le('# A note'))).toMatchObject({
      text: '# A note',
      encoding: 'utf-16le',
      problem: expect.any(String),
    });
    expect(decodeText(utf16be('# A note'))).toMatchObject({
      text: '# A note',
      encoding: 'utf-16be',
      problem: expect.any(String),
    });
  });
  test('an old Windows note keeps its accents and is reported', () =>
    expect(decodeText(Buffer.from('Ma\xf1ana \x93s\xed\x94', 'latin1'))).toEqual({
      text: 'Mañana “sí”',
      encoding: 'windows-1252',
      problem: 'not valid UTF-8; read as windows-1252',
    }));
  test('one broken byte among good UTF-8 costs one character', () => {
    const bytes = Buffer.concat([Buffer.from('ñandú '), Buffer.from([0xff]), Buffer.from(' fin')]);
    expect(decodeText(bytes)).toMatchObject({
      text: 'ñandú \uFFFD fin',
      encoding: 'utf-8',
      problem: expect.any(String),
    });
  });
  test('zero bytes do not reach the text', () => expect(decodeText(Buffer.from('a\0b')).text).toBe('a\uFFFDb'));
  test('five megabytes in one line are read', () =>
    expect(decodeText(Buffer.alloc(5e6, 'ñ')).text).toHaveLength(2.5e6));

  test('no bytes make it fail', () =>
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const { text } = decodeText(bytes);
        expect(/[\r\0]|\p{Surrogate}/u.test(text)).toBe(false);
      }),
    ));
  test('valid UTF-8 text comes back', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!/[\r\0\uFFFD]|^\uFEFF/.test(text));
        expect(decodeText(Buffer.from(text))).toEqual({ text, encoding: 'utf-8', problem: null });
      }),
    ));
});
