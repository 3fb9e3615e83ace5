import type { FileLine } from '@/features/files/directory';
import { formatBytes } from '@/lib/language/bytes';
import { shareWords } from '@/lib/language/shares';
import type { InterfaceLanguage } from '@/lib/language/words';

type Props = {
  files: FileLine[];
  language: InterfaceLanguage;
  /** Whether what was taken of each is open to whoever asks. */
  ledger: boolean;
};

/** Files of the vaults, each with the way to a link to it. */
export function FileList({ files, language, ledger }: Props) {
  const { files: words } = shareWords(language);
  return (
    <ul className="lines">
      {files.map(({ id, name, path, vault, mediaType, size, downloads }) => (
        <li key={id} className="line">
          <div className="line-text">
            <h2 className="line-title">
              <a href={`/studio/files/${id}`}>{name}</a>
            </h2>
            <p>
              /{vault}
              {path !== name && `/${path.slice(0, path.length - name.length - 1)}`} · {formatBytes(size, language)} ·{' '}
              {mediaType} · {words.downloads(downloads)}
            </p>
          </div>
          <p className="actions">
            {ledger && downloads > 0 && (
              <a
                className="button button-plain"
                href={`/studio/downloads?file=${id}`}
                aria-label={words.downloadsOf(name)}
              >
                {words.taken}
              </a>
            )}
            <a className="button button-plain" href={`/studio/shares?file=${id}`} aria-label={words.shareOf(name)}>
              {words.share}
            </a>
          </p>
        </li>
      ))}
    </ul>
  );
}
