import { visitOf } from '@/app/visit';
import { MissingPage } from '@/components/site/missing-page';
import { currentLanguage, getViewer } from '@/features/people/viewer';

export default async function NotFound() {
  const [language, viewer] = await Promise.all([currentLanguage(), getViewer()]);
  return <MissingPage language={language} visit={visitOf(viewer)} />;
}
