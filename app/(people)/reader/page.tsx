import type { Metadata } from 'next';
import { now } from '@/app/visit';
import { DeskView } from '@/components/reading/desk-view';
import { HomeView } from '@/components/site/home-view';
import { currentLanguage, getViewer } from '@/features/people/viewer';
import { readDesk } from '@/features/reading/queries';
import { listVaults } from '@/features/vaults/queries';
import { accountWords } from '@/lib/language/account';

export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  return { title: `${accountWords(await currentLanguage()).menu.home} · Trastienda`, robots: { index: false } };
}

/** `/` for whoever carries a session: their own home, or the window when the session is over. */
export default async function Page() {
  const [viewer, language] = await Promise.all([getViewer(), currentLanguage()]);
  if (viewer.kind !== 'person')
    return <HomeView vaults={await listVaults(viewer)} language={language} making={now(viewer)} />;
  const { name, timeZone } = viewer;
  const desk = await readDesk(viewer, language);
  return <DeskView desk={desk} name={name} language={language} timeZone={timeZone} making={now(viewer)} />;
}
