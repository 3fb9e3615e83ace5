import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { describePage } from '@/app/metadata';
import { SAMPLE, sampleTags } from '@/app/sample';
import { keepUntilVaultChanges } from '@/app/tags';
import { once } from '@/components/making';
import { TagsView } from '@/components/vault/tags-view';
import { anonymous } from '@/features/access/viewer';
import { readTags } from '@/features/notes/queries';
import { wordsFor } from '@/lib/language/words';

export const ensureStatic = 'navigation';
export const generateStaticParams = () => [{ vault: SAMPLE }];

type Props = PageProps<'/[vault]/-/tags'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { page } = await readPage((await params).vault);
  if (!page) return {};
  const { tags } = wordsFor(page.vault.chrome);
  const { vault } = page;
  const description = tags.lead(page.tags.length);
  return describePage({
    vault,
    title: tags.title,
    description,
    href: `${vault.href}/-/tags`,
    image: `${vault.href}/-/og`,
  });
}

export default async function Page({ params }: Props) {
  const { page, madeAt } = await readPage((await params).vault);
  if (!page) notFound();
  return <TagsView page={page} making={once(madeAt)} />;
}

async function readPage(vault: string) {
  'use cache';
  keepUntilVaultChanges(vault, 'tree', 'lists');
  const page = vault === SAMPLE ? sampleTags : await readTags(anonymous, vault);
  return { page, madeAt: new Date().toISOString() };
}
