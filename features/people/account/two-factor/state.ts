import type { FormState } from '@/lib/form/field';

/** What a form of the second factor answers. */
export type TwoFactorState = FormState & {
  /** Recovery codes, to be shown this once. */
  codes?: string[];
};
export type TwoFactorAction = (state: TwoFactorState, form: FormData) => Promise<TwoFactorState>;

/** The steps that its forms ask for, by the field `step`. */
export const STEPS = ['begin', 'turn-on', 'again', 'remove'] as const;
export type Step = (typeof STEPS)[number];
