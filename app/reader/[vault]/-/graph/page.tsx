import type { Metadata } from 'next';
import { cache } from 'react';
import { missing } from '@/app/elsewhere';
import { titleIn } from '@/app/metadata';
import { now } from '@/app/visit';
import { GraphView } from '@/components/vault/graph-view';
import { readGraph } from '@/features/notes/queries';
import { getViewer } from '@/features/people/viewer';
import { layoutGraph } from '@/lib/graph/layout';
import { wordsFor } from '@/lib/language/words';

export const instant = false;

type Props = PageProps<'/reader/[vault]/-/graph'>;
const readPage = cache(async (vault: string) => readGraph(await getViewer(), vault));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const page = await readPage((await params).vault);
  return page ? { title: titleIn(wordsFor(page.vault.chrome).graph.title, page.vault) } : {};
}

export default async function Page({ params }: Props) {
  const page = await readPage((await params).vault);
  if (!page) return missing();
  return <GraphView page={page} drawing={layoutGraph(page.nodes, page.edges)} making={now(await getViewer())} />;
}
