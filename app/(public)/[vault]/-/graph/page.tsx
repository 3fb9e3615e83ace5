import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { describePage } from '@/app/metadata';
import { SAMPLE, sampleGraph } from '@/app/sample';
import { keepUntilVaultChanges } from '@/app/tags';
import { once } from '@/components/making';
import { GraphView } from '@/components/vault/graph-view';
import { anonymous } from '@/features/access/viewer';
import { readGraph } from '@/features/notes/queries';
import { layoutGraph } from '@/lib/graph/layout';
import { wordsFor } from '@/lib/language/words';

export const ensureStatic = 'navigation';
export const generateStaticParams = () => [{ vault: SAMPLE }];

type Props = PageProps<'/[vault]/-/graph'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { page } = await readPage((await params).vault);
  if (!page) return {};
  const { vault } = page;
  const { graph } = wordsFor(vault.chrome);
  return describePage({
    vault,
    title: graph.title,
    description: graph.lead,
    href: `${vault.href}/-/graph`,
    image: `${vault.href}/-/og`,
  });
}

export default async function Page({ params }: Props) {
  const { page, drawing, madeAt } = await readPage((await params).vault);
  if (!page || !drawing) notFound();
  return <GraphView page={page} drawing={drawing} making={once(madeAt)} />;
}

async function readPage(vault: string) {
  'use cache';
  keepUntilVaultChanges(vault, 'tree', 'lists');
  const page = vault === SAMPLE ? sampleGraph : await readGraph(anonymous, vault);
  return { page, drawing: page && layoutGraph(page.nodes, page.edges), madeAt: new Date().toISOString() };
}
