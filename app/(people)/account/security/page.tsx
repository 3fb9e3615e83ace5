import type { Metadata } from 'next';
import { visitOf } from '@/app/visit';
import { AccountFrame } from '@/components/account/account-frame';
import { type StepForm, TwoFactorForm } from '@/components/account/two-factor-form';
import { ActionForm } from '@/components/form/action-form';
import { lacksSecondFactor } from '@/features/access/allowed';
import type { Person } from '@/features/access/viewer';
import { changeOwnPassword } from '@/features/people/account/actions';
import { passwordFields } from '@/features/people/account/fields';
import { changeTwoFactor } from '@/features/people/account/two-factor/actions';
import { fieldsFor } from '@/features/people/account/two-factor/fields';
import { readProfile } from '@/features/people/profile';
import { pendingSeed, recoveryCodesLeft } from '@/features/people/second-factor';
import { currentLanguage } from '@/features/people/viewer';
import { accountWords } from '@/lib/language/account';
import { accountPageWords } from '@/lib/language/account-pages';
import type { InterfaceLanguage } from '@/lib/language/words';
import { qrCode } from '@/lib/qr';
import { ownAccount } from '../own';

export const instant = false;
const FEW_CODES = 3;

export async function generateMetadata(): Promise<Metadata> {
  return { title: accountPageWords(await currentLanguage()).menu.security, robots: { index: false } };
}

export default async function Page() {
  const own = await ownAccount('/account/security');
  if (!own) return null;
  const { viewer, language } = own;
  const [profile, seed, left, required] = await Promise.all([
    readProfile(viewer),
    pendingSeed(viewer),
    recoveryCodesLeft(viewer, viewer.id),
    lacksSecondFactor(viewer),
  ]);
  const { password, twoFactor: words } = accountPageWords(language);
  const { working } = accountWords(language).form;
  const hasPassword = profile?.hasPassword ?? true;
  return (
    <AccountFrame language={language} visit={visitOf(viewer)} page="security">
      {required && (
        <p className="form-problem" role="status">
          {words.required}
        </p>
      )}
      <h2>{password.title}</h2>
      <p className="said">{hasPassword ? password.lead : password.none}</p>
      <ActionForm
        id="password"
        action={changeOwnPassword}
        fields={passwordFields(hasPassword, language)}
        submit={password.submit}
        working={working}
      />
      <h2>
        {words.title}{' '}
        <span className={viewer.twoFactor ? 'mark-on' : 'mark-off'}>{viewer.twoFactor ? words.on : words.off}</span>
      </h2>
      <p className="said">
        {viewer.twoFactor ? `${words.left(left)} ${left <= FEW_CODES ? words.few : ''}` : words.why}
      </p>
      <TwoFactorForm
        action={changeTwoFactor}
        language={language}
        working={working}
        seed={seed && { secret: seed.secret, drawing: qrCode(seed.uri) }}
        forms={stepForms(viewer, seed !== null, language)}
      />
    </AccountFrame>
  );
}

function stepForms(viewer: Person, pending: boolean, language: InterfaceLanguage): StepForm[] {
  const { twoFactor: words } = accountPageWords(language);
  if (viewer.twoFactor)
    return [
      { step: 'again', fields: fieldsFor(viewer, 'again', language), submit: words.again, hint: words.againHint },
      { step: 'remove', fields: fieldsFor(viewer, 'remove', language), submit: words.remove, danger: true },
    ];
  if (pending) return [{ step: 'turn-on', fields: fieldsFor(viewer, 'turn-on', language), submit: words.turnOn }];
  return [{ step: 'begin', fields: fieldsFor(viewer, 'begin', language), submit: words.begin }];
}
