import type { Metadata } from 'next';
import { visitOf } from '@/app/visit';
import { ActionForm } from '@/components/form/action-form';
import { Counter } from '@/components/site/counter';
import type { Viewer } from '@/features/access/viewer';
import { setUpAddress, setUpConfirmed, setUpInvited, setUpOwner, setUpPassword } from '@/features/people/setup-actions';
import { type OpenLink, readLink } from '@/features/people/tokens';
import { currentLanguage, getViewer } from '@/features/people/viewer';
import type { Field, FormAction } from '@/lib/form/field';
import { answerWith, answerWithHeaders } from '@/lib/http/exchange';
import { accountWords } from '@/lib/language/account';
import type { InterfaceLanguage } from '@/lib/language/words';

export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  const { menu } = accountWords(await currentLanguage());
  return { title: menu.label, robots: { index: false, follow: false }, referrer: 'no-referrer' };
}

/** Where a one-time link leads. Looking uses nothing up: programs that read mail look at every link in it. */
export default async function Page({ params }: PageProps<'/setup/[token]'>) {
  answerWithHeaders({ 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex, nofollow' });
  const [viewer, language, { token }] = await Promise.all([getViewer(), currentLanguage(), params]);
  const link = await readLink(viewer, token);
  if (!link) return <Gone viewer={viewer} language={language} />;
  const { form } = accountWords(language);
  const { title, lead, submit, action, fields } = stepOf(link, language);
  return (
    <Counter language={language} visit={visitOf(viewer)} title={title} lead={lead}>
      <ActionForm
        id="setup"
        action={action}
        submit={submit}
        working={form.working}
        fields={[...fields, { name: 'secret', type: 'hidden', label: '', value: token }]}
      />
    </Counter>
  );
}

type Step = { title: string; lead: string; submit: string; action: FormAction; fields: Field[] };

/** What each kind of link asks for. */
function stepOf({ purpose, email, name }: OpenLink, language: InterfaceLanguage): Step {
  const { setup } = accountWords(language);
  const nameField: Field = {
    name: 'name',
    label: setup.name,
    value: name ?? '',
    autoComplete: 'name',
    required: true,
    maxLength: 80,
  };
  const address: Field = {
    name: 'email',
    type: 'email',
    label: setup.email,
    autoComplete: 'username',
    required: true,
    maxLength: 254,
  };
  const password: Field = {
    name: 'password',
    type: 'password',
    label: purpose === 'reset' ? setup.newPassword : setup.password,
    hint: setup.passwordHint,
    autoComplete: 'new-password',
    required: true,
    maxLength: 256,
  };
  const known = email ?? '';
  const steps: Record<OpenLink['purpose'], Step> = {
    owner: { ...setup.owner, action: setUpOwner, fields: [nameField, address, password] },
    invite: { ...setup.invite, lead: setup.invite.lead(known), action: setUpInvited, fields: [nameField, password] },
    verify: { ...setup.verify, lead: setup.verify.lead(known), action: setUpConfirmed, fields: [nameField, password] },
    reset: { ...setup.reset, action: setUpPassword, fields: [password] },
    email: { ...setup.address, lead: setup.address.lead(known), action: setUpAddress, fields: [] },
  };
  return steps[purpose];
}

/** One answer for a link that never was, one that was used, and one whose time is over. */
function Gone({ viewer, language }: { viewer: Viewer; language: InterfaceLanguage }) {
  answerWith(404);
  const { setup } = accountWords(language);
  return (
    <Counter language={language} visit={visitOf(viewer)} title={setup.goneTitle} lead={setup.gone}>
      <p className="ways">
        <a className="button" href="/signin">
          {setup.goneSignIn}
        </a>
        <a href="/forgotten">{setup.goneForgotten}</a>
      </p>
    </Counter>
  );
}
