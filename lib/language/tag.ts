const RTL_SCRIPTS = new Set(['Arab', 'Hebr', 'Thaa', 'Syrc', 'Nkoo', 'Adlm', 'Rohg']);

/** A BCP 47 tag as `lang` wants it; English when it is malformed, so that a slip in a vault's settings breaks no page. */
export function languageTag(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

export function direction(language: string): 'ltr' | 'rtl' {
  return RTL_SCRIPTS.has(new Intl.Locale(languageTag(language)).maximize().script ?? '') ? 'rtl' : 'ltr';
}

/** The name of a language in itself, or in another: `es` → `español`. */
export function languageName(language: string, inLanguage = language): string {
  const tag = languageTag(language);
  return new Intl.DisplayNames(languageTag(inLanguage), { type: 'language' }).of(tag) ?? tag;
}

/** `lang` and `dir` for content in one language inside a page in another; nothing when they agree. */
export function languageOf(content: string, page: string): { lang?: string; dir?: 'ltr' | 'rtl' } {
  const [inner, outer] = [languageTag(content), languageTag(page)];
  if (inner === outer) return {};
  return direction(inner) === direction(outer) ? { lang: inner } : { lang: inner, dir: direction(inner) };
}

/** `lang` for a word of the interface inside a page in another language. It keeps the page's direction and side. */
export function languageOfWord(words: string, page: string): { lang?: string } {
  return { lang: languageOf(words, page).lang };
}
