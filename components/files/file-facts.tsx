import type { FilePage } from '@/features/files/page';
import { formatBytes } from '@/lib/language/bytes';
import { momentIn } from '@/lib/language/moment';
import { uploadWords } from '@/lib/language/uploads';
import type { InterfaceLanguage } from '@/lib/language/words';

type Props = { file: FilePage; language: InterfaceLanguage; timeZone: string | null };

/** What is known of a file at a glance. */
export function FileFacts({ file, language, timeZone }: Props) {
  const { facts: words, folder } = uploadWords(language).file;
  const pixels = file.width && file.height ? ` · ${file.width} × ${file.height}` : '';
  const origin = !file.uploaded ? [words.from, folder] : file.uploadedBy ? [words.by, file.uploadedBy] : null;
  const facts = [
    [words.vault, `/${file.vault}`],
    [words.path, file.path],
    [words.size, formatBytes(file.size, language)],
    [words.kind, `${file.mediaType}${pixels}`],
    [words.since, momentIn(file.publishedAt.toISOString(), language, timeZone)],
    ...(origin ? [origin] : []),
  ];
  return (
    <dl className="facts facts-tall">
      {facts.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
