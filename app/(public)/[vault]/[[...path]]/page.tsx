import type { Metadata } from 'next';
import { cacheTag } from 'next/cache';
import { notFound, permanentRedirect } from 'next/navigation';
import { decodePath, samePath } from '@/app/address';
import { describePage } from '@/app/metadata';
import { SAMPLE, sampleNote } from '@/app/sample';
import { keepUntilVaultChanges } from '@/app/tags';
import { once } from '@/components/making';
import { NoteView } from '@/components/note/note-view';
import { FolderView } from '@/components/vault/folder-view';
import { anonymous } from '@/features/access/viewer';
import { readFolder, readFrame, readNote } from '@/features/notes/queries';

export const ensureStatic = 'navigation';
export const generateStaticParams = () => [{ vault: SAMPLE, path: ['sample'] }];

type Props = PageProps<'/[vault]/[[...path]]'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { vault, path } = await params;
  const { note, contents } = await readPage(vault, decodePath(path) ?? '');
  if (note) return describePage({ ...note, published: note.publishedAt });
  return contents
    ? describePage({ ...contents.vault, vault: contents.vault, image: `${contents.vault.href}/-/og` })
    : {};
}

export default async function Page({ params }: Props) {
  const { vault, path } = await params;
  const address = decodePath(path);
  if (address === null) notFound();
  const { note, contents, madeAt } = await readPage(vault, address);
  if (contents) return <FolderView page={contents} making={once(madeAt)} />;
  if (!note) notFound();
  if (!samePath(note.href, `/${[vault, ...(path ?? [])].join('/')}`)) permanentRedirect(note.href);
  return <NoteView note={note} making={once(madeAt)} />;
}

/** The note at an address; for a vault without a home note, what its root holds. */
async function readPage(vault: string, address: string) {
  'use cache';
  keepUntilVaultChanges(vault, 'tree');
  const madeAt = new Date().toISOString();
  if (vault === SAMPLE) return { note: sampleNote, contents: null, madeAt };
  const frame = await frameOf(vault);
  const note = frame && (await readNote(anonymous, vault, address, frame));
  if (note) cacheTag(`note:${note.id}`);
  const contents = note === null && address === '' ? await readFolder(anonymous, vault, '') : null;
  return { note, contents, madeAt };
}

/** Kept while only texts change, however many pages that makes anew. */
async function frameOf(vault: string) {
  'use cache';
  keepUntilVaultChanges(vault, 'tree');
  return readFrame(anonymous, vault);
}
