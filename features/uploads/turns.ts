import type { Viewer } from '@/features/access/viewer';
import { KeyRingError } from '@/lib/crypto/key-ring';
import type { InterfaceLanguage } from '@/lib/language/words';
import { takeSlot } from '../files/slots';
import { KeyTrouble } from '../keys/dek';
import { respondRefusal } from './tus';

/** Takes in what somebody sends, unless they send too much at once or the site has no keys to encrypt it with. */
export async function takeTurn(
  viewer: Viewer,
  language: InterfaceLanguage,
  work: () => Promise<Response>,
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
  }
}
