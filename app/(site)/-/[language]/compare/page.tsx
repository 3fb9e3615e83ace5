import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { absolute } from '@/app/address';
import { SAMPLE, sampleVault } from '@/app/sample';
import { keepUntilSiteChanges } from '@/app/tags';
import { CompareHome } from '@/components/compare/compare-home';
import { once } from '@/components/making';
import { anonymous } from '@/features/access/viewer';
import { listOffered } from '@/features/compare/queries';
import { measureWords } from '@/lib/language/measure';
import { INTERFACE_LANGUAGES, wordsFor } from '@/lib/language/words';

export const ensureStatic = 'navigation';
export const generateStaticParams = () => [{ language: SAMPLE }];

type Props = PageProps<'/-/[language]/compare'>;

/** `/compare` is rewritten to `/-/en/compare` or `/-/es/compare`. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { language } = wordsFor((await params).language);
  const { title, description } = measureWords(language);
  const url = absolute(language === 'en' ? '/compare' : `/-/${language}/compare`);
  const languages = {
    en: absolute('/compare'),
    es: absolute('/-/es/compare'),
    'x-default': absolute('/compare'),
  };
  return { title, description, alternates: { canonical: url, languages } };
}

export default async function Page({ params }: Props) {
  const { language } = await params;
  if (language !== SAMPLE && !INTERFACE_LANGUAGES.some((each) => each === language)) notFound();
  const { vaults, madeAt } = await readOffered(language === SAMPLE);
  return <CompareHome vaults={vaults} language={wordsFor(language).language} making={once(madeAt)} />;
}

async function readOffered(sample: boolean) {
  'use cache';
  keepUntilSiteChanges();
  const { title, language, href } = sampleVault;
  const vaults = sample ? [{ title, language, notes: [{ href, title, open: true }] }] : await listOffered(anonymous);
  return { vaults, madeAt: new Date().toISOString() };
}
