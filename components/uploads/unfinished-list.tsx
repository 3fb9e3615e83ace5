import type { UploadLine } from '@/features/uploads/queries';
import { formatBytes } from '@/lib/language/bytes';
import { uploadWords } from '@/lib/language/uploads';
import type { InterfaceLanguage } from '@/lib/language/words';

/** Uploads that were begun and are not whole, each with a button that ends it; inside a form. */
export function UnfinishedList({ lines, language }: { lines: UploadLine[]; language: InterfaceLanguage }) {
  const words = uploadWords(language);
  return (
    <ul className="lines">
      {lines.map(({ id, vault, path, received, size }) => (
        <li key={id} className="line">
          <div className="line-text">
            <h3 className="line-title">{path}</h3>
            <p className="line-more">
              /{vault} ·{' '}
              {size === null
                ? formatBytes(received, language)
                : words.progress(formatBytes(received, language), formatBytes(size, language))}
            </p>
          </div>
          <button
            type="submit"
            name="upload"
            value={id}
            className="button button-plain"
            aria-label={words.of(words.cancel, path)}
          >
            {words.cancel}
          </button>
        </li>
      ))}
    </ul>
  );
}
