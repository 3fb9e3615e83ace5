import { KeyRingError } from '@/lib/crypto/key-ring';
import { Trouble } from '@/lib/trouble';

const FULL_DISK = new Set(['ENOSPC', 'EDQUOT', '53100']);
const NO_DATABASE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'CONNECT_TIMEOUT',
  'CONNECTION_CLOSED',
  '57P03',
  '28P01',
  '3D000',
]);

/** Says on standard error what went wrong, in one sentence where a person can mend it; returns the exit code. */
export function explain(error: unknown): number {
  const cause = rootOf(error);
  const code = 'code' in cause ? String(cause.code) : '';
  if (cause instanceof KeyRingError) return say(cause.message, 1);
  if (cause instanceof Trouble) return say(cause.message, cause.exitCode);
  if (FULL_DISK.has(code)) return say('The disk is full. Nothing was changed; free some space and try again.', 1);
  if (NO_DATABASE.has(code)) return say(`The database does not answer (${code}). Nothing was changed.`, 1);
  console.error(error);
  return 1;
}

/** The error beneath those that only add which query failed. */
function rootOf(error: unknown): Error {
  if (error instanceof Error && error.cause instanceof Error) return rootOf(error.cause);
  return error instanceof Error ? error : new Error(String(error));
}

function say(sentence: string, exitCode: number): number {
  console.error(`\n${sentence}`);
  return exitCode;
}
