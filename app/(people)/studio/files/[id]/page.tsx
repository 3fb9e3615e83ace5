import type { Metadata } from 'next';
import { missing } from '@/app/elsewhere';
import { FileView } from '@/components/files/file-view';
import { VersionList } from '@/components/files/version-list';
import { ActionForm } from '@/components/form/action-form';
import { RowForm } from '@/components/form/row-form';
import { StudioFrame } from '@/components/studio/studio-frame';
import { UploadForm } from '@/components/uploads/upload-form';
import type { Person } from '@/features/access/viewer';
import { bringFileBack, takeFileAway, turnFileBack } from '@/features/files/actions';
import { type FilePage, findRemoved, readFilePage } from '@/features/files/page';
import { REMOVED_DAYS, type RemovedLine } from '@/features/files/removed';
import { leftIn } from '@/features/uploads/limits';
import { readKept } from '@/features/uploads/queries';
import { accountWords } from '@/lib/language/account';
import { formatBytes } from '@/lib/language/bytes';
import { dayIn, knownZone, momentIn } from '@/lib/language/moment';
import { studioWords } from '@/lib/language/studio';
import { bytesOrNone, uploadWords } from '@/lib/language/uploads';
import type { InterfaceLanguage } from '@/lib/language/words';
import { openStudio } from '../../door';
import { studioTitle } from '../../title';

export const instant = false;
export const generateMetadata = (): Promise<Metadata> => studioTitle(({ menu }) => menu.files);

type Mine = { viewer: Person; language: InterfaceLanguage };

/** One file: what it is, what it was, and what can be done with it. Of a removed one, how it is brought back. */
export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const [door, { id }] = await Promise.all([openStudio('files'), params]);
  if ('instead' in door) return door.instead;
  const { viewer, language, frame } = door;
  const [file, removed] = await Promise.all([readFilePage(viewer, id), findRemoved(viewer, id)]);
  const shown = file ?? removed;
  if (!shown) return missing();
  const { file: words } = uploadWords(language);
  return (
    <StudioFrame {...frame} title={shown.name} lead={file ? undefined : `/${shown.vault}/${shown.path}`}>
      {file && (
        <>
          <FileView
            file={file}
            language={language}
            timeZone={viewer.timeZone}
            ledger={frame.open.includes('downloads')}
          />
          <FileForms file={file} viewer={viewer} language={language} />
        </>
      )}
      {!file && removed && <Removed file={removed} viewer={viewer} language={language} />}
      <p className="actions">
        <a href="/studio/files">{words.back}</a>
      </p>
      <p className="field-hint">{studioWords(language).zone(knownZone(viewer.timeZone))}</p>
    </StudioFrame>
  );
}

async function FileForms({ file, viewer, language }: Mine & { file: FilePage }) {
  const words = uploadWords(language);
  const room = await readKept(viewer);
  if (!room) return null;
  const hint = words.filesHint(formatBytes(room.most, language), bytesOrNone(leftIn(room), language));
  return (
    <>
      <h2>{words.file.replace}</h2>
      <p className="said">{words.file.replaceLead}</p>
      <UploadForm language={language} vaults={file.vault} file={file.id} hint={hint} telling />
      <h2>{words.file.versions}</h2>
      <RowForm id="versions" action={turnFileBack}>
        <VersionList file={file} language={language} timeZone={viewer.timeZone} />
      </RowForm>
      <h2>{words.file.remove}</h2>
      <p className="said">{words.file.removeLead(REMOVED_DAYS)}</p>
      <ActionForm
        id="remove"
        action={takeFileAway}
        fields={[{ name: 'file', label: '', type: 'hidden', value: file.id }]}
        submit={words.file.remove}
        working={accountWords(language).form.working}
        danger
      />
    </>
  );
}

function Removed({ file, viewer: { timeZone }, language }: Mine & { file: RemovedLine }) {
  const { file: words } = uploadWords(language);
  const when = momentIn(file.removedAt.toISOString(), language, timeZone);
  return (
    <>
      <p className="form-problem" role="status">
        {words.removedOn(when, dayIn(file.until.toISOString(), language, timeZone))}
      </p>
      <p className="said">
        {[formatBytes(file.size, language), file.removedBy && words.removedBy(file.removedBy)]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {file.inFolder && <p className="said">{words.inFolder}</p>}
      <ActionForm
        id="restore"
        action={bringFileBack}
        fields={[{ name: 'file', label: '', type: 'hidden', value: file.id }]}
        submit={words.bringBack}
        working={accountWords(language).form.working}
      />
    </>
  );
}
