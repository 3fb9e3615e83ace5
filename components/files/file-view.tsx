import { HowToName } from '@/components/uploads/how-to-name';
import { fileHref, viewHref } from '@/features/files/href';
import type { FilePage } from '@/features/files/page';
import { uploadWords } from '@/lib/language/uploads';
import type { InterfaceLanguage } from '@/lib/language/words';
import { FileFacts } from './file-facts';

type Props = {
  file: FilePage;
  language: InterfaceLanguage;
  timeZone: string | null;
  /** Whether what was taken of it is open to whoever asks. */
  ledger: boolean;
};

/** A file with what may be done with it elsewhere, and who names it. */
export function FileView({ file, language, timeZone, ledger }: Props) {
  const { file: words } = uploadWords(language);
  const picture = file.mediaType.startsWith('image/') && !file.damaged ? viewHref(file) : undefined;
  return (
    <>
      {file.damaged && (
        <p className="form-problem" role="alert">
          {words.lost}
        </p>
      )}
      {picture && (
        // biome-ignore lint/performance/noImgElement: it is private, and served only by its own address
        <img
          className="file-picture"
          src={picture}
          alt={words.pictureOf(file.name)}
          width={file.width ?? undefined}
          height={file.height ?? undefined}
        />
      )}
      <FileFacts file={file} language={language} timeZone={timeZone} />
      <p className="actions">
        <a className="button" href={fileHref(file)} download>
          {words.download}
        </a>
        <a className="button button-plain" href={`/studio/shares?file=${file.id}`}>
          {words.share}
        </a>
        {ledger && file.downloads > 0 && (
          <a className="button button-plain" href={`/studio/downloads?file=${file.id}`}>
            {words.taken}
          </a>
        )}
      </p>
      {file.readers.length > 0 ? (
        <>
          <h2>{words.readers}</h2>
          <ul className="plain-list">
            {file.readers.map(({ title, href }) => (
              <li key={href}>
                <a href={href}>{title}</a>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p className="said">
          {words.noReaders} <HowToName name={file.name} language={language} />
        </p>
      )}
    </>
  );
}
