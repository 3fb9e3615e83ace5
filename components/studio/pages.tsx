import { studioWords } from '@/lib/language/studio';
import type { InterfaceLanguage } from '@/lib/language/words';

type Props = { language: InterfaceLanguage; page: number; pages: number; href: (page: number) => string };

/** The way through a list that has several pages; nothing when it has one. */
export function Pages({ language, page, pages, href }: Props) {
  const words = studioWords(language);
  if (pages <= 1) return null;
  return (
    <nav className="pages" aria-label={words.page(page, pages)}>
      {page > 1 && (
        <a className="button button-plain" rel="prev" href={href(page - 1)}>
          {words.previous}
        </a>
      )}
      <span>{words.page(page, pages)}</span>
      {page < pages && (
        <a className="button button-plain" rel="next" href={href(page + 1)}>
          {words.next}
        </a>
      )}
    </nav>
  );
}
