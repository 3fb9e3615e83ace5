import { describe, expect, it } from 'vitest';
import { drawable, shorten } from './drawable';
import { formatDay, formatMoment, formatWrittenDate } from './format';
import { direction, languageName, languageOf, languageTag } from './tag';
import { interfaceLanguage } from './words';

describe('the language of a page', () => {
  it('has a Spanish interface for every Spanish and an English one for all others', () => {
    expect(['es', 'es-MX', 'ES', 'en', 'fr', 'ar', 'est'].map(interfaceLanguage)).toEqual([
      'es',
      'es',
      'es',
      'en',
      'en',
      'en',
      'en',
    ]);
  });

  it('is English when a vault names none that exists', () => {
    expect(languageTag('not a language')).toBe('en');
    expect(direction('¡')).toBe('ltr');
  });

  it('runs from right to left by its script, said or likely', () => {
    expect(['ar', 'he', 'fa', 'az-Arab'].map(direction)).toEqual(['rtl', 'rtl', 'rtl', 'rtl']);
    expect(['es', 'ja', 'az', 'en-GB'].map(direction)).toEqual(['ltr', 'ltr', 'ltr', 'ltr']);
  });

  it('is marked on a part of the page only where it differs', () => {
    expect(languageOf('es', 'es')).toEqual({});
    expect(languageOf('en', 'fr')).toEqual({ lang: 'en' });
    expect(languageOf('en', 'ar')).toEqual({ lang: 'en', dir: 'ltr' });
  });

  it('is called by its own name', () => {
    expect(languageName('es')).toBe('español');
    expect(languageName('ja', 'en')).toBe('Japanese');
  });
});

describe('dates', () => {
  it('are in UTC whatever the machine', () => {
    expect(formatDay('2026-11-22T23:59:00Z', 'en')).toBe('November 22, 2026');
    expect(formatMoment('2026-11-22T00:05:00Z', 'es')).toBe('22 de noviembre de 2026, 0:05 UTC');
  });

  it('that an author wrote otherwise stay as written', () => {
    expect(formatWrittenDate('2026-11-22', 'es')).toBe('22 de noviembre de 2026');
    expect(formatWrittenDate('last spring', 'en')).toBe('last spring');
    expect(formatWrittenDate('2026-99-99', 'en')).toBe('2026-99-99');
  });
});

describe('words in a picture', () => {
  it('keep what the bundled faces can draw', () => {
    expect(drawable('¿Qué es un “backend”? 🚀 Ñandú, Ελλάδα, Привет')).toBe(
      '¿Qué es un “backend”? Ñandú, Ελλάδα, Привет',
    );
  });

  it('are left out when most of them cannot be drawn', () => {
    expect(drawable('サーバーとは API')).toBe('');
    expect(drawable('ما هي الواجهة')).toBe('');
  });

  it('are cut between words, or within one without end', () => {
    expect(shorten('one two three four', 12)).toBe('one two…');
    expect(shorten('abcdefghijklmnop', 8)).toBe('abcdefg…');
  });
});
