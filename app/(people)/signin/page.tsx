import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { leadTo } from '@/app/elsewhere';
import { visitOf } from '@/app/visit';
import { ActionForm } from '@/components/form/action-form';
import { Counter } from '@/components/site/counter';
import { signIn } from '@/features/people/actions';
import { currentLanguage, getViewer } from '@/features/people/viewer';
import { readSiteSettings } from '@/features/settings/queries';
import { safePath } from '@/lib/http/own-path';
import { accountWords } from '@/lib/language/account';

export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  return { title: accountWords(await currentLanguage()).signIn.title, robots: { index: false } };
}

export default async function Page({ searchParams }: PageProps<'/signin'>) {
  const [viewer, language, { to, done }] = await Promise.all([getViewer(), currentLanguage(), searchParams]);
  const going = safePath(typeof to === 'string' ? to : await cameFrom());
  if (viewer.kind === 'person') return leadTo(going);
  const { signup } = await readSiteSettings(viewer);
  const { signIn: words, form } = accountWords(language);
  return (
    <Counter language={language} visit={visitOf(viewer)} title={words.title} lead={words.lead}>
      {done === 'password' && (
        <p className="form-done" role="status">
          {words.newPassword}
        </p>
      )}
      <ActionForm
        id="signin"
        action={signIn}
        submit={words.submit}
        working={form.working}
        fields={[
          { name: 'email', type: 'email', label: words.email, autoComplete: 'username', required: true },
          {
            name: 'password',
            type: 'password',
            label: words.password,
            autoComplete: 'current-password',
            required: true,
          },
          { name: 'to', type: 'hidden', label: '', value: going },
        ]}
      />
      <p className="ways">
        <a href="/forgotten">{words.forgotten}</a>
        {signup === 'open' && <a href="/signup">{words.noAccount}</a>}
        {signup === 'invitation' && <span>{words.invited}</span>}
      </p>
    </Counter>
  );
}

/** The page of this site whose link was followed. */
async function cameFrom(): Promise<string> {
  const list = await headers();
  const referrer = list.get('referer') ?? '';
  if (!URL.canParse(referrer) || new URL(referrer).host !== list.get('host')) return '/';
  const { pathname, search } = new URL(referrer);
  return /^\/(?:sign|setup|forgotten)/.test(pathname) ? '/' : pathname + search;
}
