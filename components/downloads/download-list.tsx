import type { Entry, OwnersEntry } from '@/features/downloads/queries';
import { formatBytes } from '@/lib/language/bytes';
import { downloadWords } from '@/lib/language/downloads';
import { momentIn } from '@/lib/language/moment';
import type { InterfaceLanguage } from '@/lib/language/words';

type Props = {
  /** With whom, for the owner. */
  entries: (Entry | OwnersEntry)[];
  language: InterfaceLanguage;
  timeZone: string | null;
};

/** Downloads, the latest first. */
export function DownloadList({ entries, language, timeZone }: Props) {
  const words = downloadWords(language);
  if (entries.length === 0) return <p className="empty">{words.none}</p>;
  return (
    <ul className="lines">
      {entries.map((entry) => {
        const { id, name, bytes, size, outcome, reason, resumed, requests, startedAt } = entry;
        const facts = [
          ...(outcome === 'refused' ? [] : [words.of(formatBytes(bytes, language), formatBytes(size, language))]),
          momentIn(startedAt.toISOString(), language, timeZone),
          ...(resumed ? [words.resumed(requests)] : []),
          ...('person' in entry ? [whoTook(entry, language)] : []),
          ...(reason ? [isReason(reason, words.reason) ? words.reason[reason] : reason] : []),
        ];
        return (
          <li key={id} className="line">
            <div className="line-text">
              <h2 className="line-title">
                {name}{' '}
                <span className={outcome === 'finished' ? 'mark-on' : 'mark-warn'}>{words.outcome[outcome]}</span>
              </h2>
              <p>{facts.join(' · ')}</p>
            </div>
          </li>
        );
      })}
    </ul>
  );
}

const isReason = <K extends string>(reason: string, known: Record<K, string>): reason is K => reason in known;

function whoTook({ person, shareId, remark }: OwnersEntry, language: InterfaceLanguage): string {
  const words = downloadWords(language);
  if (shareId !== null) return words.byLink(remark ?? '');
  return person ?? words.nobody;
}
