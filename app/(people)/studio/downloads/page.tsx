import type { Metadata } from 'next';
import { missing } from '@/app/elsewhere';
import { DownloadFilter } from '@/components/downloads/download-filter';
import { DownloadList } from '@/components/downloads/download-list';
import { StudioFrame } from '@/components/studio/studio-frame';
import { DOWNLOADS_PAGE, listDownloads } from '@/features/downloads/queries';
import { downloadWords } from '@/lib/language/downloads';
import { knownZone } from '@/lib/language/moment';
import { studioWords } from '@/lib/language/studio';
import { type Asked, queryOf } from '../asked';
import { openStudio } from '../door';
import { studioTitle } from '../title';
import { askedOf } from './filter';

export const instant = false;
export const generateMetadata = (): Promise<Metadata> => studioTitle(({ menu }) => menu.downloads);

export default async function Page({ searchParams }: { searchParams: Asked }) {
  const [door, asked] = await Promise.all([openStudio('downloads'), searchParams]);
  if ('instead' in door) return door.instead;
  const { viewer, language, frame } = door;
  const { filter, values, before } = askedOf(asked);
  const entries = await listDownloads(viewer, filter, before);
  if (!entries) return missing();
  const words = downloadWords(language);
  const last = entries.length === DOWNLOADS_PAGE ? entries.at(-1) : undefined;
  const { onlyFile, onlyLink, onlyPerson } = words;
  const only = [values.file && onlyFile, values.link && onlyLink, values.person && onlyPerson]
    .filter(Boolean)
    .join(' ');
  return (
    <StudioFrame {...frame} title={words.title} lead={only || words.lead}>
      <DownloadFilter language={language} values={values} />
      <DownloadList entries={entries} language={language} timeZone={viewer.timeZone} />
      <p className="actions">
        {before !== undefined && (
          <a className="button button-plain" href={`/studio/downloads${queryOf(values)}`}>
            {words.latest}
          </a>
        )}
        {last && (
          <a
            className="button button-plain"
            rel="next"
            href={`/studio/downloads${queryOf({ ...values, before: String(last.id) })}`}
          >
            {words.more}
          </a>
        )}
        {entries.length > 0 && (
          <a className="button" href={`/studio/downloads/export${queryOf(values)}`} download>
            {words.csv}
          </a>
        )}
        {Object.values(values).some(Boolean) && (
          <a className="button button-plain" href="/studio/downloads">
            {words.clear}
          </a>
        )}
      </p>
      <p className="field-hint">{studioWords(language).zone(knownZone(viewer.timeZone))}</p>
    </StudioFrame>
  );
}
