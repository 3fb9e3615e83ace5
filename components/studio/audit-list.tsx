import type { AuditLine } from '@/features/audit/queries';
import { auditWords, deedName, subjectName } from '@/lib/language/audit';
import { momentIn } from '@/lib/language/moment';
import type { InterfaceLanguage } from '@/lib/language/words';

type Props = { lines: AuditLine[]; language: InterfaceLanguage; timeZone: string | null };

/** Lines of the log. */
export function AuditList({ lines, language, timeZone }: Props) {
  const words = auditWords(language);
  return (
    <ol className="lines log">
      {lines.map((line) => (
        <li key={line.id} className="line log-line">
          <time className="log-time" dateTime={line.at}>
            {momentIn(line.at, language, timeZone)}
          </time>
          <div className="line-text">
            <p className="log-deed">
              {deedName(line.action, language)}
              {line.refused && <span className="mark-warn">{words.refusedMark}</span>}
            </p>
            <p className="line-more">{about(line, language)}</p>
          </div>
          <p className="log-who">
            {line.actor ? <a href={`/studio/people/${line.actor.id}`}>{line.actor.name}</a> : words.nobody}
            {line.address && <span className="line-more">{line.address}</span>}
          </p>
        </li>
      ))}
    </ol>
  );
}

/** Whom or what a deed was about, and what else was noted. */
function about({ subject, actor, detail }: AuditLine, language: InterfaceLanguage): string {
  const words = auditWords(language);
  const self = subject?.kind === 'person' && subject.id === actor?.id;
  const named =
    subject && !self
      ? [
          `${subjectName(subject.kind, language)}: ${subject.name ?? (subject.kind === 'person' ? words.deleted : subject.id)}`,
        ]
      : [];
  const rest = Object.entries(detail).map(([key, value]) => `${key}: ${value}`);
  return [...named, ...rest].join(' · ');
}
