import type { Metadata } from 'next';
import { after } from 'next/server';
import { decodePath, samePath } from '@/app/address';
import { leadTo, missing } from '@/app/elsewhere';
import { titleIn } from '@/app/metadata';
import { lookElsewhere, readAskedNote } from '@/app/reader/asked';
import { personalParts } from '@/app/reader/personal';
import { now } from '@/app/visit';
import { NoteView } from '@/components/note/note-view';
import { FolderView } from '@/components/vault/folder-view';
import { readFolder } from '@/features/notes/queries';
import { getViewer } from '@/features/people/viewer';
import { markOpened } from '@/features/reading/write';

export const instant = false;

type Props = PageProps<'/reader/[vault]/[[...path]]'>;

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const [{ vault, path }, { comments }] = await Promise.all([params, searchParams]);
  const asked = await readAskedNote(vault, decodePath(path) ?? '', String(comments));
  return asked ? { title: titleIn(asked.note.title, asked.note.vault) } : {};
}

export default async function Page({ params, searchParams }: Props) {
  const [{ vault, path }, { comments }] = await Promise.all([params, searchParams]);
  const address = decodePath(path);
  if (address === null) return missing();
  const viewer = await getViewer();
  const asked = await readAskedNote(vault, address, String(comments));
  if (asked) {
    const { note, around } = asked;
    if (!samePath(note.href, `/${[vault, ...(path ?? [])].join('/')}`)) return leadTo(note.href);
    if (around) after(() => markOpened(around.viewer, note.id).catch(console.error));
    return <NoteView note={note} making={now(viewer)} personal={around ? personalParts(note, around) : undefined} />;
  }
  const contents = address === '' ? await readFolder(viewer, vault, '') : null;
  if (contents) return <FolderView page={contents} making={now(viewer)} />;
  return lookElsewhere(vault, address);
}
