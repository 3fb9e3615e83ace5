import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { decodePath } from '@/app/address';
import { describePage } from '@/app/metadata';
import { SAMPLE, sampleTag } from '@/app/sample';
import { keepUntilVaultChanges } from '@/app/tags';
import { once } from '@/components/making';
import { TagView } from '@/components/vault/tag-view';
import { anonymous } from '@/features/access/viewer';
import { tagHref } from '@/features/notes/href';
import { readTag } from '@/features/notes/queries';
import { wordsFor } from '@/lib/language/words';

export const ensureStatic = 'navigation';
export const generateStaticParams = () => [{ vault: SAMPLE, tag: ['sample'] }];

type Props = PageProps<'/[vault]/-/tags/[...tag]'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { vault: slug, tag } = await params;
  const { page } = await readPage(slug, decodePath(tag) ?? '');
  if (!page) return {};
  const { vault } = page;
  const title = wordsFor(vault.chrome).tags.one(page.tag);
  return describePage({ vault, title, description: '', href: tagHref(slug, page.tag), image: `${vault.href}/-/og` });
}

export default async function Page({ params }: Props) {
  const { vault, tag } = await params;
  const { page, madeAt } = await readPage(vault, decodePath(tag) ?? '');
  if (!page) notFound();
  return <TagView page={page} making={once(madeAt)} />;
}

async function readPage(vault: string, tag: string) {
  'use cache';
  keepUntilVaultChanges(vault, 'tree', 'lists');
  const page = vault === SAMPLE ? sampleTag : await readTag(anonymous, vault, tag);
  return { page, madeAt: new Date().toISOString() };
}
