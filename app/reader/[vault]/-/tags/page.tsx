import type { Metadata } from 'next';
import { cache } from 'react';
import { missing } from '@/app/elsewhere';
import { titleIn } from '@/app/metadata';
import { now } from '@/app/visit';
import { TagsView } from '@/components/vault/tags-view';
import { readTags } from '@/features/notes/queries';
import { getViewer } from '@/features/people/viewer';
import { wordsFor } from '@/lib/language/words';

export const instant = false;

type Props = PageProps<'/reader/[vault]/-/tags'>;
const readPage = cache(async (vault: string) => readTags(await getViewer(), vault));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const page = await readPage((await params).vault);
  return page ? { title: titleIn(wordsFor(page.vault.chrome).tags.title, page.vault) } : {};
}

export default async function Page({ params }: Props) {
  const page = await readPage((await params).vault);
  if (!page) return missing();
  return <TagsView page={page} making={now(await getViewer())} />;
}
