import Negotiator from 'negotiator';

/** The languages of the interface. */
export const LANGUAGES = ['en', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];

const COOKIE = /(?:^|;\s*)lang=(en|es)(?:;|$)/;

/** The language to speak to a visitor: the one they chose, else what their browser asks for, else English. */
export function chooseLanguage(headers: { cookie?: string; 'accept-language'?: string }): Language {
  const chosen = COOKIE.exec(headers.cookie ?? '')?.[1];
  if (chosen) return chosen === 'es' ? 'es' : 'en';
  const wanted = new Negotiator({ headers }).languages();
  for (const tag of wanted) {
    const found = LANGUAGES.find((language) => language === tag.slice(0, 2).toLowerCase() && /^..(?:-|$)/.test(tag));
    if (found) return found;
  }
  return 'en';
}
