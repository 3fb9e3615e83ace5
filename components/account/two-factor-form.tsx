'use client';

import { useActionState } from 'react';
import { FieldView } from '@/components/form/field-view';
import { FormMessage } from '@/components/form/form-message';
import type { TwoFactorAction, TwoFactorState } from '@/features/people/account/two-factor/state';
import { type Field, FRESH } from '@/lib/form/field';
import { accountPageWords } from '@/lib/language/account-pages';
import type { InterfaceLanguage } from '@/lib/language/words';
import { RecoveryCodes } from './recovery-codes';

export type StepForm = { step: string; fields: Field[]; submit: string; danger?: boolean; hint?: string };
type Props = {
  action: TwoFactorAction;
  language: InterfaceLanguage;
  working: string;
  /** What an authenticator is given, while it waits to be confirmed. */
  seed: { drawing: string; secret: string } | null;
  forms: StepForm[];
};

/**
 * The steps of the second factor. One component from the first to the last, so that what a step answers, such as the
 * recovery codes, is shown though the page has moved on; without JavaScript too.
 */
export function TwoFactorForm({ action, language, working, seed, forms }: Props) {
  const [state, act, pending] = useActionState<TwoFactorState, FormData>(action, FRESH);
  const { twoFactor: words } = accountPageWords(language);
  const asked = state.values.step;
  return (
    <div className="form">
      <FormMessage state={state} />
      {state.codes && <RecoveryCodes codes={state.codes} language={language} />}
      {seed && <Seed seed={seed} words={words} />}
      {forms.map(({ step, fields, submit, danger, hint }) => (
        <form key={step} action={act} className="form" noValidate>
          {((asked === step && state.next) || fields).map((field) => (
            <FieldView
              key={field.name}
              form={step}
              field={field}
              error={asked === step ? state.errors[field.name] : undefined}
            />
          ))}
          <p>
            <button type="submit" className={danger ? 'button button-danger' : 'button'} aria-disabled={pending}>
              {pending ? working : submit}
            </button>
          </p>
          {hint && <p className="field-hint">{hint}</p>}
        </form>
      ))}
    </div>
  );
}

type SeedProps = {
  seed: { drawing: string; secret: string };
  words: ReturnType<typeof accountPageWords>['twoFactor'];
};

function Seed({ seed, words }: SeedProps) {
  return (
    <div className="seed">
      <div
        className="seed-drawing"
        role="img"
        aria-label={words.picture}
        dangerouslySetInnerHTML={{ __html: seed.drawing }}
      />
      <div>
        <p>{words.scan}</p>
        <p className="seed-label">{words.type}</p>
        <code className="seed-key" data-testid="seed">
          {seed.secret.replace(/.{4}(?=.)/g, '$& ')}
        </code>
      </div>
    </div>
  );
}
