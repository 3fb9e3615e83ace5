import { database } from '@/db/connection';
import { may } from '../access/policy';
import type { Viewer } from '../access/viewer';
import { isSound, readKeyState, sentenceOf } from './state';

/** What is wrong with the key ring, for the owner to see: a sentence that names the keys. Null when nothing is, and for others. */
export async function findKeyTrouble(viewer: Viewer): Promise<string | null> {
  if (!may(viewer, 'settings.change')) return null;
  const state = await readKeyState(database().db);
  return isSound(state) ? null : sentenceOf(state);
}
