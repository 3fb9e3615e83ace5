import type { Metadata } from 'next';
import { missing } from '@/app/elsewhere';
import { RemovedList } from '@/components/files/removed-list';
import { RowForm } from '@/components/form/row-form';
import { StudioFrame } from '@/components/studio/studio-frame';
import { bringFileBack } from '@/features/files/actions';
import { listRemoved } from '@/features/files/page';
import { REMOVED_DAYS } from '@/features/files/removed';
import { uploadWords } from '@/lib/language/uploads';
import { openStudio } from '../../door';
import { studioTitle } from '../../title';

export const instant = false;
export const generateMetadata = (): Promise<Metadata> =>
  studioTitle((_, language) => uploadWords(language).removed.title);

/** The files that were removed and can be brought back. */
export default async function Page() {
  const door = await openStudio('files');
  if ('instead' in door) return door.instead;
  const { viewer, language, frame } = door;
  const files = await listRemoved(viewer);
  if (!files) return missing();
  const { removed: words, file } = uploadWords(language);
  return (
    <StudioFrame {...frame} title={words.title} lead={words.lead(REMOVED_DAYS)}>
      <RowForm id="removed" action={bringFileBack}>
        {files.length === 0 ? (
          <p className="empty">{words.none}</p>
        ) : (
          <RemovedList files={files} language={language} timeZone={viewer.timeZone} />
        )}
      </RowForm>
      <p className="actions">
        <a href="/studio/files">{file.back}</a>
      </p>
    </StudioFrame>
  );
}
