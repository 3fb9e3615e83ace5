import { visitOf } from '@/app/visit';
import { MissingPage } from '@/components/site/missing-page';
import { currentLanguage, getViewer } from '@/features/people/viewer';
import { answerWith } from '@/lib/http/exchange';
import { wordsFor } from '@/lib/language/words';

/**
 * The page for what does not exist or is not for whoever asks, with its status. A page made for one visitor is streamed
 * after a part that was made in advance: thrown out of it, `notFound` would come after status 200 was sent.
 */
export async function missing() {
  answerWith(404);
  const [language, viewer] = await Promise.all([currentLanguage(), getViewer()]);
  return (
    <>
      <title>{wordsFor(language).missing.title}</title>
      <MissingPage language={language} visit={visitOf(viewer)} />
    </>
  );
}

/** Leads on to a path of this site with a real redirect, for the same reason; nothing is drawn. What was a form is then a visit. */
export function leadTo(path: string): null {
  answerWith(303, { location: path });
  return null;
}
