import type { Metadata } from 'next';
import { MissingPage } from '@/components/site/missing-page';
import { INTERFACE_LANGUAGES, wordsFor } from '@/lib/language/words';

export const ensureStatic = 'navigation';
export const generateStaticParams = () => INTERFACE_LANGUAGES.map((language) => ({ language }));

type Props = PageProps<'/-/[language]/not-found'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: wordsFor((await params).language).missing.title, robots: { index: false } };
}

/** Served with status 404 by our server wherever nothing is found, or nothing the visitor may see. */
export default async function Page({ params }: Props) {
  return <MissingPage language={wordsFor((await params).language).language} />;
}
