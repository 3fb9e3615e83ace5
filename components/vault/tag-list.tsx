import type { TagCount } from '@/features/notes/page';
import { formatNumber } from '@/lib/language/format';
import type { Words } from '@/lib/language/words';

export function TagList({ tags, words }: { tags: TagCount[]; words: Words }) {
  return (
    <ul className="tags tags-counted">
      {tags.map(({ tag, href, notes }) => (
        <li key={href}>
          <a className="tag" href={href}>
            #{tag}
            <span className="tag-count" title={words.tree.notesIn(notes)}>
              {formatNumber(notes, words.language)}
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
