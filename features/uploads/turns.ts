import type { Readable } from 'node:stream';
import type { Viewer } from '@/features/access/viewer';
import { KeyRingError } from '@/lib/crypto/key-ring';
import type { InterfaceLanguage } from '@/lib/language/words';
import { takeSlot } from '../files/slots';
import { KeyTrouble } from '../keys/dek';
import { respondRefusal } from './tus';

/** How long whoever is refused may go on sending, which many do before they read the answer. */
const LEFT_MS = 10_000;

/**
 * Takes in what somebody sends, unless they send too much at once or the site has no keys to encrypt it with. Of the `body`, what is
 * not taken is let go by.
 */
export async function takeTurn(
  viewer: Viewer,
  language: InterfaceLanguage,
  work: () => Promise<Response>,
  body: Readable | null = null,
): Promise<Response> {
  const release = takeSlot(`uploads of ${viewer.kind === 'person' ? viewer.id : 'nobody'}`);
  if (!release) return respondRefusal('busy', language);
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof KeyRingError || error instanceof KeyTrouble)) throw error;
    console.error(`A file cannot be taken in: ${error.message}`);
    return respondRefusal('keys', language);
  } finally {
    release();
    if (body && !body.readableEnded) letGoBy(body);
  }
}

function letGoBy(body: Readable): void {
  const over = setTimeout(() => body.destroy(), LEFT_MS).unref();
  body.once('close', () => clearTimeout(over));
  body.once('error', () => {}); // whoever sent it has left
  body.resume();
}
