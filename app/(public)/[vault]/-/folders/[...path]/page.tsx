import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { decodePath } from '@/app/address';
import { describePage } from '@/app/metadata';
import { SAMPLE, sampleFolder } from '@/app/sample';
import { keepUntilVaultChanges } from '@/app/tags';
import { once } from '@/components/making';
import { FolderView } from '@/components/vault/folder-view';
import { anonymous } from '@/features/access/viewer';
import { folderHref } from '@/features/notes/href';
import { readFolder } from '@/features/notes/queries';

export const ensureStatic = 'navigation';
export const generateStaticParams = () => [{ vault: SAMPLE, path: ['Folder'] }];

type Props = PageProps<'/[vault]/-/folders/[...path]'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { vault: slug, path } = await params;
  const { page } = await readPage(slug, decodePath(path) ?? '');
  if (!page) return {};
  const { vault, name, folder } = page;
  return describePage({
    vault,
    title: name,
    description: '',
    href: folderHref(slug, folder),
    image: `${vault.href}/-/og`,
  });
}

export default async function Page({ params }: Props) {
  const { vault, path } = await params;
  const folder = decodePath(path);
  if (!folder) notFound();
  const { page, madeAt } = await readPage(vault, folder);
  if (!page) notFound();
  return <FolderView page={page} making={once(madeAt)} />;
}

async function readPage(vault: string, folder: string) {
  'use cache';
  keepUntilVaultChanges(vault, 'tree');
  const page = vault === SAMPLE ? sampleFolder : await readFolder(anonymous, vault, folder);
  return { page, madeAt: new Date().toISOString() };
}
