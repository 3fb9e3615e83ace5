import type { Metadata } from 'next';
import { decodePath, samePath } from '@/app/address';
import { leadTo, missing } from '@/app/elsewhere';
import { lookElsewhere, readAskedNote } from '@/app/reader/asked';
import { now } from '@/app/visit';
import { NoteView } from '@/components/note/note-view';
import { FolderView } from '@/components/vault/folder-view';
import { readFolder } from '@/features/notes/queries';
import { getViewer } from '@/features/people/viewer';

export const instant = false;

type Props = PageProps<'/reader/[vault]/[[...path]]'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { vault, path } = await params;
  const note = await readAskedNote(vault, decodePath(path) ?? '');
  return note ? { title: `${note.title} · ${note.vault.title}` } : {};
}

export default async function Page({ params }: Props) {
  const { vault, path } = await params;
  const address = decodePath(path);
  if (address === null) return missing();
  const viewer = await getViewer();
  const note = await readAskedNote(vault, address);
  if (note) {
    if (!samePath(note.href, `/${[vault, ...(path ?? [])].join('/')}`)) return leadTo(note.href);
    return <NoteView note={note} making={now(viewer)} />;
  }
  const contents = address === '' ? await readFolder(viewer, vault, '') : null;
  if (contents) return <FolderView page={contents} making={now(viewer)} />;
  return lookElsewhere(vault, address);
}
