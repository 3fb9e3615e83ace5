import { z } from 'zod';

/** As OWASP ASVS 6.2 asks: long enough, whatever it is made of, never cut. */
export const PASSWORD_MIN = 8;
export const PASSWORD_MAX = 256;

export const email = z.string().trim().max(254).pipe(z.email());
export const password = z.string().min(PASSWORD_MIN).max(PASSWORD_MAX);
export const personName = z.string().trim().min(1).max(80);

/** One account for each: case does not tell addresses apart. */
export const emailKey = (address: string): string => address.trim().normalize('NFKC').toLowerCase();
