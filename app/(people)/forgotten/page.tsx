import type { Metadata } from 'next';
import { visitOf } from '@/app/visit';
import { ActionForm } from '@/components/form/action-form';
import { Counter } from '@/components/site/counter';
import { forget } from '@/features/people/actions';
import { currentLanguage, getViewer } from '@/features/people/viewer';
import { accountWords } from '@/lib/language/account';

export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  return { title: accountWords(await currentLanguage()).forgotten.title, robots: { index: false } };
}

/** Asks for a link to a new password. */
export default async function Page() {
  const [viewer, language] = await Promise.all([getViewer(), currentLanguage()]);
  const { forgotten: words, form } = accountWords(language);
  return (
    <Counter language={language} visit={visitOf(viewer)} title={words.title} lead={words.lead}>
      <ActionForm
        id="forgotten"
        action={forget}
        submit={words.submit}
        working={form.working}
        fields={[
          {
            name: 'email',
            type: 'email',
            label: words.email,
            autoComplete: 'username',
            required: true,
            maxLength: 254,
          },
        ]}
      />
      <p className="ways">
        <a href="/signin">{words.back}</a>
      </p>
    </Counter>
  );
}
