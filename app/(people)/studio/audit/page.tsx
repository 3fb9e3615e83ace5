import type { Metadata } from 'next';
import { missing } from '@/app/elsewhere';
import { AuditFilterForm } from '@/components/studio/audit-filter';
import { AuditList } from '@/components/studio/audit-list';
import { StudioFrame } from '@/components/studio/studio-frame';
import { EXPORT_MAX, listActions, listAudit } from '@/features/audit/queries';
import { readPerson } from '@/features/people/directory';
import { auditWords } from '@/lib/language/audit';
import { formatNumber } from '@/lib/language/format';
import { knownZone } from '@/lib/language/moment';
import { studioWords } from '@/lib/language/studio';
import { type Asked, queryOf } from '../asked';
import { openStudio } from '../door';
import { studioTitle } from '../title';
import { parametersOf, readFilter } from './filter';

export const instant = false;
export const generateMetadata = (): Promise<Metadata> => studioTitle(({ menu }) => menu.audit);

export default async function Page({ searchParams }: { searchParams: Asked }) {
  const [door, asked] = await Promise.all([openStudio('audit'), searchParams]);
  if ('instead' in door) return door.instead;
  const { viewer, language, frame } = door;
  const { values, filter } = readFilter(asked);
  const [found, actions, about] = await Promise.all([
    listAudit(viewer, filter),
    listActions(viewer),
    values.person ? readPerson(viewer, values.person) : null,
  ]);
  if (!found || !actions) return missing();
  const words = auditWords(language);
  const parameters = parametersOf(values);
  const filtered = Object.values(parameters).some((value) => value !== '');
  const { timeZone } = viewer;
  return (
    <StudioFrame {...frame} title={words.title} lead={about ? words.onlyOf(about.name) : words.lead}>
      <AuditFilterForm language={language} actions={actions} values={values} />
      {found.lines.length === 0 ? (
        <p className="empty">{words.none}</p>
      ) : (
        <AuditList lines={found.lines} language={language} timeZone={timeZone} />
      )}
      <p className="actions">
        {filter.before && (
          <a className="button button-plain" href={`/studio/audit${queryOf(parameters)}`}>
            {words.newest}
          </a>
        )}
        {found.older && (
          <a
            className="button button-plain"
            rel="next"
            href={`/studio/audit${queryOf({ ...parameters, before: String(found.older) })}`}
          >
            {words.older}
          </a>
        )}
        {found.lines.length > 0 && (
          <a className="button" href={`/studio/audit/export${queryOf(parameters)}`} download>
            {words.export}
          </a>
        )}
        {filtered && (
          <a className="button button-plain" href="/studio/audit">
            {words.clear}
          </a>
        )}
      </p>
      <p className="field-hint">
        {words.exportHint(formatNumber(EXPORT_MAX, language))} {studioWords(language).zone(knownZone(timeZone))}
      </p>
    </StudioFrame>
  );
}
