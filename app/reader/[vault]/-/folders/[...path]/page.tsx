import type { Metadata } from 'next';
import { cache } from 'react';
import { decodePath } from '@/app/address';
import { missing } from '@/app/elsewhere';
import { titleIn } from '@/app/metadata';
import { now } from '@/app/visit';
import { FolderView } from '@/components/vault/folder-view';
import { readFolder } from '@/features/notes/queries';
import { getViewer } from '@/features/people/viewer';

export const instant = false;

type Props = PageProps<'/reader/[vault]/-/folders/[...path]'>;
const readPage = cache(async (vault: string, folder: string) => readFolder(await getViewer(), vault, folder));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { vault, path } = await params;
  const page = await readPage(vault, decodePath(path) ?? '');
  return page ? { title: titleIn(page.name, page.vault) } : {};
}

export default async function Page({ params }: Props) {
  const { vault, path } = await params;
  const folder = decodePath(path);
  const page = folder ? await readPage(vault, folder) : null;
  if (!page) return missing();
  return <FolderView page={page} making={now(await getViewer())} />;
}
