import type { Metadata } from 'next';
import { missing } from '@/app/elsewhere';
import { RowForm } from '@/components/form/row-form';
import { StudioFrame } from '@/components/studio/studio-frame';
import { BatchList } from '@/components/uploads/batch-list';
import { UnfinishedList } from '@/components/uploads/unfinished-list';
import { UploadForm } from '@/components/uploads/upload-form';
import { cancelOwnUpload } from '@/features/uploads/actions';
import { FORM_FILES, leftIn } from '@/features/uploads/limits';
import { readUploadDesk, type UploadLine } from '@/features/uploads/queries';
import { formatBytes } from '@/lib/language/bytes';
import { bytesOrNone, uploadWords } from '@/lib/language/uploads';
import type { InterfaceLanguage } from '@/lib/language/words';
import { type Asked, one } from '../../asked';
import { openStudio } from '../../door';
import { studioTitle } from '../../title';

export const instant = false;
export const generateMetadata = (): Promise<Metadata> => studioTitle((_, language) => uploadWords(language).title);

/** Files are sent from here; with `?batch=` or `?none`, what became of those that came with the form. */
export default async function Page({ searchParams }: { searchParams: Asked }) {
  const [door, asked] = await Promise.all([openStudio('files'), searchParams]);
  if ('instead' in door) return door.instead;
  const { viewer, language, frame } = door;
  const desk = await readUploadDesk(viewer, one(asked.batch) || null);
  if (!desk) return missing();
  const words = uploadWords(language);
  const { vaults, folders, room, unfinished, batch } = desk;
  const refused = batch.length > 0 && batch.every(({ state }) => state === 'refused');
  return (
    <StudioFrame {...frame} title={words.title} lead={words.lead}>
      {asked.none !== undefined && <Problem text={words.none} />}
      {asked.more !== undefined && <Problem text={words.more(FORM_FILES)} />}
      {refused && <Problem text={words.noneTaken} />}
      {batch.length > 0 && (
        <>
          <h2>{words.came}</h2>
          <BatchList lines={batch} language={language} />
        </>
      )}
      {vaults.length === 0 ? (
        <p className="empty">{words.noVault}</p>
      ) : (
        <UploadForm
          language={language}
          vaults={vaults}
          folders={folders}
          vault={one(asked.vault)}
          folder={one(asked.folder)}
          telling={unfinished.length > 0}
          hint={words.filesHint(formatBytes(room.most, language), bytesOrNone(leftIn(room), language))}
        />
      )}
      <Unfinished lines={unfinished} language={language} />
      <p className="actions">
        <a href="/studio/files">{words.file.back}</a>
      </p>
    </StudioFrame>
  );
}

const Problem = ({ text }: { text: string }) => (
  <p className="form-problem" role="alert">
    {text}
  </p>
);

function Unfinished({ lines, language }: { lines: UploadLine[]; language: InterfaceLanguage }) {
  const words = uploadWords(language);
  return (
    <RowForm id="unfinished" action={cancelOwnUpload}>
      {lines.length > 0 && (
        <section>
          <h2>{words.unfinished}</h2>
          <p className="said">{words.unfinishedHint}</p>
          <UnfinishedList lines={lines} language={language} />
        </section>
      )}
    </RowForm>
  );
}
