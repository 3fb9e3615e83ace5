import type { Metadata } from 'next';
import { missing } from '@/app/elsewhere';
import { FieldView } from '@/components/form/field-view';
import { FileList } from '@/components/shares/file-list';
import { Pages } from '@/components/studio/pages';
import { StudioFrame } from '@/components/studio/studio-frame';
import { listFiles } from '@/features/files/directory';
import { countToBringBack } from '@/features/files/page';
import { readKept } from '@/features/uploads/queries';
import { formatBytes } from '@/lib/language/bytes';
import { formatNumber } from '@/lib/language/format';
import { shareWords } from '@/lib/language/shares';
import { bytesOrNone, uploadWords } from '@/lib/language/uploads';
import { type Asked, one, pageIn, queryOf } from '../asked';
import { openStudio } from '../door';
import { studioTitle } from '../title';

export const instant = false;
export const generateMetadata = (): Promise<Metadata> => studioTitle(({ menu }) => menu.files);

export default async function Page({ searchParams }: { searchParams: Asked }) {
  const [door, asked] = await Promise.all([openStudio('files'), searchParams]);
  if ('instead' in door) return door.instead;
  const { viewer, language, frame } = door;
  const search = one(asked.q).replaceAll('\0', '').slice(0, 100);
  const [found, removed, room] = await Promise.all([
    listFiles(viewer, { search, page: pageIn(asked.page) }),
    countToBringBack(viewer),
    readKept(viewer),
  ]);
  if (!found || !room) return missing();
  const upload = uploadWords(language);
  const { files: words } = shareWords(language);
  const total = formatNumber(found.total, language);
  const field = { name: 'q', type: 'search', label: words.search, value: search, maxLength: 100 } as const;
  return (
    <StudioFrame {...frame} title={words.title} lead={search ? words.found(total) : words.lead(total)}>
      <p className="actions">
        <a className="button" href="/studio/files/upload">
          {upload.link}
        </a>
        {removed > 0 && (
          <a className="button button-plain" href="/studio/files/removed">
            {upload.removed.link(removed)}
          </a>
        )}
      </p>
      <p className="said kept">{upload.used(formatBytes(room.used, language), bytesOrNone(room.quota, language))}</p>
      <search>
        <form method="get" className="filter">
          <FieldView form="filter" field={field} />
          <button type="submit" className="button button-plain">
            {words.submit}
          </button>
        </form>
      </search>
      {found.files.length === 0 ? (
        <p className="empty">{words.none}</p>
      ) : (
        <FileList files={found.files} language={language} ledger={frame.open.includes('downloads')} />
      )}
      <Pages
        language={language}
        page={found.page}
        pages={found.pages}
        href={(page) => `/studio/files${queryOf({ q: search, page: String(page) })}`}
      />
      {search && (
        <p className="actions">
          <a className="button button-plain" href="/studio/files">
            {words.clear}
          </a>
        </p>
      )}
    </StudioFrame>
  );
}
