import { notFound } from 'next/navigation';
import { decodePath } from '@/app/address';
import { describeMode } from '@/app/compare/describe';
import { readUntilChanged } from '@/app/compare/kept';
import { SAMPLE } from '@/app/sample';
import { ComparedNote } from '@/components/compare/compared-note';

/** Made once, the same for everyone, until the note changes. */
export const ensureStatic = 'navigation';
export const generateStaticParams = () => [{ vault: SAMPLE, path: ['sample'] }];

type Props = PageProps<'/compare/static/[vault]/[[...path]]'>;

export async function generateMetadata({ params }: Props) {
  const { vault, path } = await params;
  return describeMode('static', vault, path);
}

export default async function Page({ params }: Props) {
  const { vault, path } = await params;
  const { note, ...made } = await readUntilChanged('static', vault, decodePath(path) ?? '');
  if (!note) notFound();
  return <ComparedNote mode="static" note={note} made={made} visit={null} />;
}
