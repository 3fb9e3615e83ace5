import type { Database } from '@/db/connection';
import { encryptPlain } from '@/features/files/encrypt-plain';
import { objects } from '@/features/files/objects';
import { isSound, openKeys, sentenceOf } from '@/features/keys/state';

/**
 * Sees to it that there are keys, and that what an older version stored in clear is encrypted. A wrong key ring stops nothing
 * but files: pages are served, and whoever runs the site is told which key is missing.
 */
export async function prepareFiles(db: Database, say: (text: string) => void): Promise<void> {
  const keys = await openKeys(db);
  if (!isSound(keys)) {
    say(`${sentenceOf(keys)}\n  Files encrypted with such a key are not served until it is back.`);
    return;
  }
  if (keys.made) {
    say(`Made the keys that encrypt files: ${keys.path}`);
    say('Keep a copy of it elsewhere. Without it, nobody can read the files; with it and them, anybody can.');
  }
  let said = Date.now();
  const moved = await encryptPlain(db, objects(), (done, total) => {
    if (Date.now() - said < 1_000) return;
    said = Date.now();
    say(`Encrypting stored files: ${done} of ${total}`);
  });
  if (moved.encrypted > 0) say(`Encrypted ${moved.encrypted} stored files.`);
  if (moved.damaged.length > 0)
    say(`${moved.damaged.length} stored files are damaged: "trastienda doctor" names them.`);
}
