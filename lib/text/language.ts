import { franc } from 'franc-min';

/** Fewer characters tell too little. */
const ENOUGH = 120;

/** The language of a text as a BCP 47 tag (`es`), or null when it is too short or none is likely. */
export function guessLanguage(text: string): string | null {
  const found = franc(text, { minLength: ENOUGH });
  return found === 'und' ? null : (Intl.getCanonicalLocales(found)[0] ?? null);
}
