import type { Metadata } from 'next';
import { missing } from '@/app/elsewhere';
import { visitOf } from '@/app/visit';
import { SharedView } from '@/components/shares/shared-view';
import { Counter } from '@/components/site/counter';
import { currentLanguage, getViewer } from '@/features/people/viewer';
import { findShare } from '@/features/shares/queries';
import { answerWith } from '@/lib/http/exchange';
import { shareWords } from '@/lib/language/shares';

export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  const { title } = shareWords(await currentLanguage());
  return { title, robots: { index: false, follow: false }, referrer: 'no-referrer' };
}

/** What a share link opens, and the button that uses it: looking at this page, as previews and mail scanners do, uses nothing. */
export default async function Page({ params, searchParams }: PageProps<'/s/[token]'>) {
  const [{ token }, asked, language, viewer] = await Promise.all([
    params,
    searchParams,
    currentLanguage(),
    getViewer(),
  ]);
  const shared = await findShare(viewer, token);
  if (!shared) return missing();
  const words = shareWords(language);
  if (shared.state !== 'open') {
    answerWith(410);
    return (
      <Counter language={language} visit={visitOf(viewer)} title={words.gone} lead={words[shared.state]}>
        <p>{words.ask}</p>
      </Counter>
    );
  }
  const wait = typeof asked.wait === 'string' && /^\d{1,4}$/.test(asked.wait) ? Number(asked.wait) : null;
  const problem = wait !== null ? words.wait(wait) : asked.wrong === undefined ? null : words.wrong;
  return (
    <Counter language={language} visit={visitOf(viewer)} title={words[shared.kind]}>
      <SharedView
        language={language}
        action={`/s/${token}/open`}
        shared={{ ...shared, expiresAt: shared.expiresAt.toISOString() }}
        problem={problem}
      />
    </Counter>
  );
}
