import { compareWords } from '@/lib/language/compare';
import type { InterfaceLanguage } from '@/lib/language/words';

/** In the place of a part that is still being made. */
export function Awaited({ language }: { language: InterfaceLanguage }) {
  return <p className="awaited">{compareWords(language).stamp.awaited}</p>;
}
