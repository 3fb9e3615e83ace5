import type { RemovedLine } from '@/features/files/removed';
import { formatBytes } from '@/lib/language/bytes';
import { dayIn } from '@/lib/language/moment';
import { uploadWords } from '@/lib/language/uploads';
import type { InterfaceLanguage } from '@/lib/language/words';

type Props = { files: RemovedLine[]; language: InterfaceLanguage; timeZone: string | null };

/** Files that were removed, each with a button that brings it back; inside a form. */
export function RemovedList({ files, language, timeZone }: Props) {
  const { removed: words } = uploadWords(language);
  return (
    <ul className="lines">
      {files.map(({ id, name, path, vault, size, until }) => (
        <li key={id} className="line">
          <div className="line-text">
            <h2 className="line-title">
              <a href={`/studio/files/${id}`}>{name}</a>
            </h2>
            <p className="line-more">
              /{vault}
              {path !== name && `/${path.slice(0, path.length - name.length - 1)}`} · {formatBytes(size, language)} ·{' '}
              {words.until(dayIn(until.toISOString(), language, timeZone))}
            </p>
          </div>
          <button
            type="submit"
            name="file"
            value={id}
            className="button button-plain"
            aria-label={words.bringBackOf(name)}
          >
            {words.bringBack}
          </button>
        </li>
      ))}
    </ul>
  );
}
