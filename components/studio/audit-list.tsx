import type { AuditLine } from '@/features/audit/queries';
import { auditWords, deedName, subjectName } from '@/lib/language/audit';
import { formatBytes } from '@/lib/language/bytes';
import { momentIn } from '@/lib/language/moment';
import type { InterfaceLanguage } from '@/lib/language/words';

/** Done by whom they are about, who could not be signed in yet. */
const BY_SUBJECT: ReadonlySet<string> = new Set([
  'session.start',
  'invitation.accept',
  'password.reset',
  'person.confirm',
  'person.sign-up',
  'address.change',
  'owner.make',
]);

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
            <Who line={line} nobody={words.nobody} />
            {line.address && <span className="line-more">{line.address}</span>}
          </p>
        </li>
      ))}
    </ol>
  );
}

function Who({ line, nobody }: { line: AuditLine; nobody: string }) {
  const who = doer(line);
  return who ? <a href={`/studio/people/${who.id}`}>{who.name}</a> : nobody;
}

/** Who did it, as far as there is still somebody to name. */
function doer({ actor, subject, action }: AuditLine): { id: string; name: string } | null {
  if (actor) return actor;
  return subject?.name && BY_SUBJECT.has(action) ? { id: subject.id, name: subject.name } : null;
}

/** Whom or what a deed was about, and what else was noted. */
function about(line: AuditLine, language: InterfaceLanguage): string {
  const { subject, detail } = line;
  const { from, to, name, path, size, ...others } = detail;
  const self = subject?.kind === 'person' && subject.id === doer(line)?.id;
  const unnamed = subject?.kind === 'person' ? auditWords(language).deleted : subject?.id;
  const named =
    subject && !self ? [`${subjectName(subject.kind, language)}: ${subject.name ?? name ?? path ?? unnamed}`] : [];
  const changed = from === undefined && to === undefined ? [] : [`${from ?? '…'} → ${to ?? '…'}`];
  const rest = Object.entries(others).map(([key, value]) => `${key}: ${value}`);
  const bytes = typeof size === 'number' ? [formatBytes(size, language)] : [];
  return [...named, ...changed, ...bytes, ...rest].join(' · ');
}
