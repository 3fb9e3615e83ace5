import type { Metadata } from 'next';
import { visitOf } from '@/app/visit';
import { AccountFrame } from '@/components/account/account-frame';
import { ThemeChosen } from '@/components/account/theme-chosen';
import { ActionForm } from '@/components/form/action-form';
import { changeAddress, changeProfile, keepOldAddress } from '@/features/people/account/actions';
import { confirmFields } from '@/features/people/account/answers';
import { addressField, profileFields } from '@/features/people/account/fields';
import { pendingAddress } from '@/features/people/address';
import { readProfile } from '@/features/people/profile';
import { currentLanguage } from '@/features/people/viewer';
import { accountWords } from '@/lib/language/account';
import { accountPageWords } from '@/lib/language/account-pages';
import { dayIn } from '@/lib/language/moment';
import { ownAccount } from './own';

export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  return { title: accountPageWords(await currentLanguage()).profile.title, robots: { index: false } };
}

export default async function Page() {
  const own = await ownAccount('/account');
  if (!own) return null;
  const { viewer, language } = own;
  const [profile, pending] = await Promise.all([readProfile(viewer), pendingAddress(viewer)]);
  if (!profile) return null;
  const { profile: words, email } = accountPageWords(language);
  const { working } = accountWords(language).form;
  return (
    <AccountFrame
      language={language}
      visit={visitOf(viewer)}
      page="profile"
      lead={words.lead(dayIn(profile.since, language, viewer.timeZone))}
    >
      <ActionForm
        id="profile"
        action={changeProfile}
        fields={profileFields(viewer, language)}
        submit={words.submit}
        working={working}
      />
      <ThemeChosen theme={viewer.theme} />
      <h2>{email.title}</h2>
      <p className="said">
        {email.current} <strong>{viewer.email}</strong>
      </p>
      {pending && (
        <>
          <p className="said">{email.pending(pending)}</p>
          <ActionForm
            id="keep-address"
            action={keepOldAddress}
            fields={[]}
            submit={email.forget}
            working={working}
            plain
          />
        </>
      )}
      <ActionForm
        id="address"
        action={changeAddress}
        fields={[addressField(language), ...confirmFields(viewer, language)]}
        submit={email.submit}
        working={working}
      />
    </AccountFrame>
  );
}
