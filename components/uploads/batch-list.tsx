import type { UploadLine } from '@/features/uploads/queries';
import { formatBytes } from '@/lib/language/bytes';
import { uploadWords } from '@/lib/language/uploads';
import type { InterfaceLanguage } from '@/lib/language/words';
import { baseName } from '@/lib/vault/names';
import { HowToName } from './how-to-name';

/** What became of each file that came with a form. */
export function BatchList({ lines, language }: { lines: UploadLine[]; language: InterfaceLanguage }) {
  const words = uploadWords(language);
  return (
    <ul className="lines">
      {lines.map((line) => (
        <li key={line.id} className="line">
          <div className="line-text">
            <h3 className="line-title">
              {line.fileId ? <a href={`/studio/files/${line.fileId}`}>{line.path}</a> : line.path}
              <Mark line={line} language={language} />
            </h3>
            <p className="line-more">
              {line.why ? words.refusal[line.why] : `/${line.vault} · ${formatBytes(line.received, language)}`}
            </p>
            {line.fileId && (
              <p className="line-more">
                {words.howToName} <HowToName name={baseName(line.path)} language={language} />
              </p>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

function Mark({ line: { state, why }, language }: { line: UploadLine; language: InterfaceLanguage }) {
  const words = uploadWords(language);
  if (why) return <span className="mark-warn">{words.refused}</span>;
  return (
    <span className={state === 'done' ? 'mark-on' : 'mark-off'}>
      {state === 'done' ? words.done : words.unfinished}
    </span>
  );
}
