import { notFound } from 'next/navigation';
import { Suspense } from 'react';
import { decodePath } from '@/app/address';
import { describeMode } from '@/app/compare/describe';
import { readUntilChanged } from '@/app/compare/kept';
import { VisitStamp } from '@/app/compare/visit-stamp';
import { SAMPLE } from '@/app/sample';
import { Awaited } from '@/components/compare/awaited';
import { ComparedNote } from '@/components/compare/compared-note';
import { ShowLateParts } from '@/components/compare/stamp';
import { interfaceLanguage } from '@/lib/language/words';

/** The note made once, and one hole in it that is filled for each visitor. */
export const generateStaticParams = () => [{ vault: SAMPLE, path: ['sample'] }];

type Props = PageProps<'/compare/partial/[vault]/[[...path]]'>;

export async function generateMetadata({ params }: Props) {
  const { vault, path } = await params;
  return describeMode('partial', vault, path);
}

export default async function Page({ params }: Props) {
  const { vault, path } = await params;
  const { note, ...made } = await readUntilChanged('partial', vault, decodePath(path) ?? '');
  if (!note) notFound();
  const language = interfaceLanguage(note.vault.language);
  return (
    <ComparedNote mode="partial" note={note} made={made} visit={null}>
      <ShowLateParts />
      <Suspense fallback={<Awaited language={language} />}>
        <VisitStamp language={language} />
      </Suspense>
    </ComparedNote>
  );
}
