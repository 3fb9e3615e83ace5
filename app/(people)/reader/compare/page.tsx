import { now } from '@/app/visit';
import { CompareHome } from '@/components/compare/compare-home';
import { listOffered } from '@/features/compare/queries';
import { currentLanguage, getViewer } from '@/features/people/viewer';
import { measureWords } from '@/lib/language/measure';

export const instant = false;

export async function generateMetadata() {
  return { title: measureWords(await currentLanguage()).title, robots: { index: false } };
}

/** `/compare` for whoever carries a session. */
export default async function Page() {
  const [viewer, language] = await Promise.all([getViewer(), currentLanguage()]);
  return <CompareHome vaults={await listOffered(viewer)} language={language} making={now(viewer)} />;
}
