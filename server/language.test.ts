import { describe, expect, it } from 'vitest';
import { chooseLanguage } from './language';

describe('the language of the interface', () => {
  it.each([
    [undefined, 'en'],
    ['es', 'es'],
    ['es-AR,es;q=0.9,en;q=0.8', 'es'],
    ['en;q=0.5, es;q=0.6', 'es'],
    ['fr, de;q=0.9', 'en'],
    ['fr, es;q=0.1', 'es'],
    ['es;q=0, en', 'en'],
    ['est', 'en'],
    [';;;q=,', 'en'],
  ])('for %o is %s', (accepted, language) => {
    expect(chooseLanguage({ 'accept-language': accepted })).toBe(language);
  });

  it('is the one the visitor chose', () => {
    expect(chooseLanguage({ cookie: 'theme=dark; lang=es', 'accept-language': 'en' })).toBe('es');
    expect(chooseLanguage({ cookie: 'lang=xx', 'accept-language': 'es' })).toBe('es');
    expect(chooseLanguage({ cookie: 'slang=es', 'accept-language': 'en' })).toBe('en');
  });
});
