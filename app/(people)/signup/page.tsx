import type { Metadata } from 'next';
import { leadTo } from '@/app/elsewhere';
import { visitOf } from '@/app/visit';
import { ActionForm } from '@/components/form/action-form';
import { Counter } from '@/components/site/counter';
import { signUp } from '@/features/people/actions';
import { currentLanguage, getViewer } from '@/features/people/viewer';
import { readSiteSettings } from '@/features/settings/queries';
import { accountWords } from '@/lib/language/account';

export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  return { title: accountWords(await currentLanguage()).signUp.title, robots: { index: false } };
}

/** Asks for an account where everybody may, and says how to get one where they may not. */
export default async function Page() {
  const [viewer, language] = await Promise.all([getViewer(), currentLanguage()]);
  if (viewer.kind === 'person') return leadTo('/');
  const { signup } = await readSiteSettings(viewer);
  const { signUp: words, form } = accountWords(language);
  const lead = { open: words.lead, invitation: words.byInvitation, closed: words.closed }[signup];
  return (
    <Counter language={language} visit={visitOf(viewer)} title={words.title} lead={lead}>
      {signup === 'open' && (
        <ActionForm
          id="signup"
          action={signUp}
          submit={words.submit}
          working={form.working}
          fields={[
            {
              name: 'name',
              label: words.name,
              hint: words.nameHint,
              autoComplete: 'name',
              required: true,
              maxLength: 80,
            },
            { name: 'email', type: 'email', label: words.email, autoComplete: 'email', required: true, maxLength: 254 },
          ]}
        />
      )}
      <p className="ways">
        <a href="/signin">{words.haveAccount}</a>
      </p>
    </Counter>
  );
}
