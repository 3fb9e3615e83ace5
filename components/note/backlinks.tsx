import type { Backlink } from '@/features/notes/page';
import type { Words } from '@/lib/language/words';

type Props = { backlinks: Backlink[]; words: Words; chrome: { lang?: string } };

/** The notes that lead here, beyond the first few folded. */
const OPEN_MAX = 6;

export function Backlinks({ backlinks, words, chrome }: Props) {
  return (
    <section className="backlinks" aria-labelledby="backlinks">
      <h2 id="backlinks" className="label" {...chrome}>
        {words.note.backlinks}
      </h2>
      {backlinks.length === 0 ? (
        <p className="empty" {...chrome}>
          {words.note.noBacklinks}
        </p>
      ) : (
        <Lines backlinks={backlinks.slice(0, OPEN_MAX)} />
      )}
      {backlinks.length > OPEN_MAX && (
        <details>
          <summary {...chrome}>{words.note.more(backlinks.length - OPEN_MAX)}</summary>
          <Lines backlinks={backlinks.slice(OPEN_MAX)} />
        </details>
      )}
    </section>
  );
}

function Lines({ backlinks }: { backlinks: Backlink[] }) {
  return (
    <ul>
      {backlinks.map((note) => (
        <li key={note.href}>
          <a href={note.href}>
            {note.title}
            {note.excerpt && <span className="backlinks-text">{note.excerpt}</span>}
          </a>
        </li>
      ))}
    </ul>
  );
}
