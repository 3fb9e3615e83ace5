import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { leadTo } from '@/app/elsewhere';
import { visitOf } from '@/app/visit';
import { ActionForm } from '@/components/form/action-form';
import { Counter } from '@/components/site/counter';
import { signIn } from '@/features/people/actions';
import { oauthProviders } from '@/features/people/providers';
import { codeFields, passwordFields } from '@/features/people/sign-in-fields';
import { keptTicket } from '@/features/people/ticket-cookie';
import { currentLanguage, getViewer } from '@/features/people/viewer';
import { readSiteSettings } from '@/features/settings/queries';
import { safePath } from '@/lib/http/own-path';
import { accountWords } from '@/lib/language/account';

export const instant = false;

const FAILURES = ['refused', 'failed', 'unverified', 'closed', 'disabled'] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: accountWords(await currentLanguage()).signIn.title, robots: { index: false } };
}

export default async function Page({ searchParams }: PageProps<'/signin'>) {
  const [viewer, language, { to, done, elsewhere, again }] = await Promise.all([
    getViewer(),
    currentLanguage(),
    searchParams,
  ]);
  const going = safePath(typeof to === 'string' ? to : await cameFrom());
  if (viewer.kind === 'person') return leadTo(going);
  const { signup } = await readSiteSettings(viewer);
  const all = accountWords(language);
  const { signIn: words, form } = all;
  const ticket = again === undefined ? await keptTicket() : null;
  const providers = oauthProviders();
  const failure = FAILURES.find((each) => each === elsewhere);
  return (
    <Counter
      language={language}
      visit={visitOf(viewer)}
      title={words.title}
      lead={ticket ? all.secondFactor.fromElsewhere : words.lead}
    >
      {done === 'password' && (
        <p className="form-done" role="status">
          {words.newPassword}
        </p>
      )}
      {failure && (
        <p className="form-problem" role="alert">
          {words.elsewhere[failure]}
        </p>
      )}
      <ActionForm
        id="signin"
        action={signIn}
        submit={words.submit}
        working={form.working}
        fields={ticket ? codeFields(all, ticket) : passwordFields(all, going)}
      />
      {providers.length > 0 && (
        <p className="elsewhere">
          <span>{words.or}</span>
          {providers.map(({ id, name }) => (
            <a key={id} className="button button-plain" href={`/api/auth/signin/${id}?to=${encodeURIComponent(going)}`}>
              {words.with(name)}
            </a>
          ))}
        </p>
      )}
      <p className="ways">
        {ticket && <a href="/signin?again">{all.secondFactor.again}</a>}
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
