import { fileHref } from '@/features/files/href';
import type { FilePage } from '@/features/files/page';
import { formatBytes } from '@/lib/language/bytes';
import { momentIn } from '@/lib/language/moment';
import { uploadWords } from '@/lib/language/uploads';
import type { InterfaceLanguage } from '@/lib/language/words';

type Props = { file: FilePage; language: InterfaceLanguage; timeZone: string | null };

/** What a file was before, the latest first, each with a button that makes it that again; inside a form. */
export function VersionList({ file, language, timeZone }: Props) {
  const { file: words } = uploadWords(language);
  if (file.versions.length === 0) return <p className="empty">{words.noVersions}</p>;
  return (
    <>
      <input type="hidden" name="file" value={file.id} />
      <ul className="lines">
        {file.versions.map(({ id, size, mediaType, replacedAt, replacedBy }) => {
          const until = momentIn(replacedAt.toISOString(), language, timeZone);
          return (
            <li key={id} className="line">
              <div className="line-text">
                <h3 className="line-title">{words.version(until)}</h3>
                <p className="line-more">
                  {formatBytes(size, language)} · {mediaType}
                  {replacedBy && ` · ${words.replacedBy(replacedBy)}`}
                </p>
              </div>
              <p className="actions">
                <a
                  className="button button-plain"
                  href={`${fileHref(file)}?version=${id}`}
                  download
                  aria-label={words.downloadOf(until)}
                >
                  {words.download}
                </a>
                <button
                  type="submit"
                  name="version"
                  value={id}
                  className="button button-plain"
                  aria-label={words.restoreOf(until)}
                >
                  {words.restore}
                </button>
              </p>
            </li>
          );
        })}
      </ul>
    </>
  );
}
