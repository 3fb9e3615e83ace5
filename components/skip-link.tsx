import type { Words } from '@/lib/language/words';

export function SkipLink({ words }: { words: Words }) {
  return (
    <a className="skip" href="#text" lang={words.language}>
      {words.skip}
    </a>
  );
}
