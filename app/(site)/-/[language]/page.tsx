import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { absolute } from '@/app/address';
import { SAMPLE, sampleVault } from '@/app/sample';
import { keepUntilSiteChanges } from '@/app/tags';
import { once } from '@/components/making';
import { HomeView } from '@/components/site/home-view';
import { anonymous } from '@/features/access/viewer';
import { listVaults } from '@/features/vaults/queries';
import { INTERFACE_LANGUAGES, wordsFor } from '@/lib/language/words';

export const ensureStatic = 'navigation';
export const generateStaticParams = () => [{ language: SAMPLE }];

type Props = PageProps<'/-/[language]'>;

/** `/` is rewritten to `/-/en` or `/-/es`; each is also an address of its own, for who comes from a search in that language. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { site, language } = wordsFor((await params).language);
  const { title, description } = site;
  const url = absolute(language === 'en' ? '/' : `/-/${language}`);
  const images = [{ url: absolute('/og.png'), width: 1200, height: 630, alt: 'Trastienda' }];
  return {
    title,
    description,
    alternates: { canonical: url, languages: { en: absolute('/'), es: absolute('/-/es'), 'x-default': absolute('/') } },
    openGraph: { type: 'website', title, description, url, siteName: 'Trastienda', locale: language, images },
    twitter: { card: 'summary_large_image', title, description, images },
  };
}

export default async function Page({ params }: Props) {
  const { language } = await params;
  if (language !== SAMPLE && !INTERFACE_LANGUAGES.some((each) => each === language)) notFound();
  const { vaults, madeAt } = await readPage(language === SAMPLE);
  return <HomeView vaults={vaults} language={wordsFor(language).language} making={once(madeAt)} />;
}

async function readPage(sample: boolean) {
  'use cache';
  keepUntilSiteChanges();
  return { vaults: sample ? [sampleVault] : await listVaults(anonymous), madeAt: new Date().toISOString() };
}
