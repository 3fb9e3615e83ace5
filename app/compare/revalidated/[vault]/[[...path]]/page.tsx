import { notFound } from 'next/navigation';
import { decodePath } from '@/app/address';
import { describeMode } from '@/app/compare/describe';
import { readForAWhile } from '@/app/compare/kept';
import { SAMPLE } from '@/app/sample';
import { ComparedNote } from '@/components/compare/compared-note';

/** Made once, the same for everyone, and made anew behind a visitor's back when it is older than a few seconds. */
export const ensureStatic = 'navigation';
export const generateStaticParams = () => [{ vault: SAMPLE, path: ['sample'] }];

type Props = PageProps<'/compare/revalidated/[vault]/[[...path]]'>;

export async function generateMetadata({ params }: Props) {
  const { vault, path } = await params;
  return describeMode('revalidated', vault, path);
}

export default async function Page({ params }: Props) {
  const { vault, path } = await params;
  const { note, ...made } = await readForAWhile(vault, decodePath(path) ?? '');
  if (!note) notFound();
  return <ComparedNote mode="revalidated" note={note} made={made} visit={null} />;
}
