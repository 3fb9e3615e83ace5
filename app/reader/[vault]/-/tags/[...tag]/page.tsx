import type { Metadata } from 'next';
import { cache } from 'react';
import { decodePath } from '@/app/address';
import { missing } from '@/app/elsewhere';
import { titleIn } from '@/app/metadata';
import { now } from '@/app/visit';
import { TagView } from '@/components/vault/tag-view';
import { readTag } from '@/features/notes/queries';
import { getViewer } from '@/features/people/viewer';
import { wordsFor } from '@/lib/language/words';

export const instant = false;

type Props = PageProps<'/reader/[vault]/-/tags/[...tag]'>;
const readPage = cache(async (vault: string, tag: string) => readTag(await getViewer(), vault, tag));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { vault, tag } = await params;
  const page = await readPage(vault, decodePath(tag) ?? '');
  return page ? { title: titleIn(wordsFor(page.vault.chrome).tags.one(page.tag), page.vault) } : {};
}

export default async function Page({ params }: Props) {
  const { vault, tag } = await params;
  const page = await readPage(vault, decodePath(tag) ?? '');
  if (!page) return missing();
  return <TagView page={page} making={now(await getViewer())} />;
}
