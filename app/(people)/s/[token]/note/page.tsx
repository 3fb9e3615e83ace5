import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { leadTo, missing } from '@/app/elsewhere';
import { visitOf } from '@/app/visit';
import { Counter } from '@/components/site/counter';
import { currentLanguage, getViewer } from '@/features/people/viewer';
import { redemptionCookie } from '@/features/shares/cookie';
import { readSharedNote } from '@/features/shares/note';
import { findShare } from '@/features/shares/queries';
import { languageTag } from '@/lib/language/tag';

export const instant = false;
export const metadata: Metadata = { robots: { index: false, follow: false }, referrer: 'no-referrer' };

/** A shared note, for whoever carries a redemption of its link; everyone else is led to the link's page. */
export default async function Page({ params }: PageProps<'/s/[token]/note'>) {
  const [{ token }, language, viewer, jar] = await Promise.all([params, currentLanguage(), getViewer(), cookies()]);
  const shared = await findShare(viewer, token);
  if (!shared) return missing();
  const carried = jar.get(redemptionCookie(shared.id).name)?.value;
  const note = carried ? await readSharedNote(viewer, shared.id, carried, `/s/${token}`) : null;
  if (!note) return leadTo(`/s/${token}`);
  return (
    <Counter language={language} visit={visitOf(viewer)} title={note.title} wide>
      <div className="prose" lang={languageTag(note.language)} dangerouslySetInnerHTML={{ __html: note.html }} />
    </Counter>
  );
}
