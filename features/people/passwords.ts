import { availableParallelism } from 'node:os';
import { hash, type Options, verify } from '@node-rs/argon2';

/** OWASP's first choice for argon2id; a hash made with less is made anew when its password is next shown. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } satisfies Options;
const CURRENT = /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/;
/** A hash that no password has, so that an unknown account takes as long as a known one. */
const NOBODY = '$argon2id$v=19$m=19456,t=2,p=1$rTn9CV8ehAa3Wm812DS0OA$X3wkjemFhIkm6f7vJ0dsCyj4cqdJonMpMDGx3zS1wpg';

/** More than there are cores gain nothing; Node has four threads for this, files, compression and keys together. */
export const RUNNING_MAX = Math.min(3, availableParallelism());
export const WAITING_MAX = 100;

/** More passwords wait to be checked than can be in good time. */
export class TooBusy extends Error {
  readonly retrySeconds = 5;
}

let running = 0;
const waiting: (() => void)[] = [];

/** Hashes a password as a PHC string. Throws {@link TooBusy} when too many wait. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password.normalize('NFKC'), PARAMETERS));
}

/**
 * Whether a password is the one that was hashed; `stored` null, for an account that does not exist or has none, takes as
 * long and is false. Throws {@link TooBusy}.
 */
export async function checkPassword(stored: string | null, password: string): Promise<boolean> {
  const right = await inTurn(() => verify(stored ?? NOBODY, password.normalize('NFKC')));
  return right && stored !== null;
}

/** Whether a hash was made with weaker parameters than today's. */
export const isDated = (stored: string): boolean => !CURRENT.test(stored);

/** Hashing takes a core and 19 MB each: a few at a time, and a queue with an end. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= RUNNING_MAX) {
    if (waiting.length >= WAITING_MAX) throw new TooBusy('Too many passwords wait to be checked.');
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else running++;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}
