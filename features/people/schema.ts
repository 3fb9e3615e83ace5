import { z } from 'zod';
import common from './common-passwords.json';

/** As OWASP ASVS 6.2 asks: long enough, whatever it is made of, never cut. */
export const PASSWORD_MIN = 8;
export const PASSWORD_MAX = 256;

export const email = z.string().trim().max(254).pipe(z.email());
/** A new password: long enough, and none of those that are tried first. */
export const password = z
  .string()
  .min(PASSWORD_MIN)
  .max(PASSWORD_MAX)
  .refine((text) => !isCommon(text));
export const personName = z.string().trim().min(1).max(80);

/** One account for each: case does not tell addresses apart. */
export const emailKey = (address: string): string => address.trim().normalize('NFKC').toLowerCase();

const COMMON: ReadonlySet<string> = new Set(common.passwords.split(' '));

/** Whether a password is among the commonest there are, however it is capitalised; `common-passwords.json` says whose list. */
export const isCommon = (text: string): boolean => COMMON.has(text.normalize('NFKC').toLowerCase());
