import { now } from '@/app/visit';
import { HomeView } from '@/components/site/home-view';
import { currentLanguage, getViewer } from '@/features/people/viewer';
import { listVaults } from '@/features/vaults/queries';

export const instant = false;

/** `/` for whoever carries a session. */
export default async function Page() {
  const [viewer, language] = await Promise.all([getViewer(), currentLanguage()]);
  return <HomeView vaults={await listVaults(viewer)} language={language} making={now(viewer)} />;
}
