import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * What session cookies are sealed with: the setting, or else a secret made once in the data folder. Losing it signs
 * everyone out and costs nothing more; servers that share a database share the setting.
 */
export async function authSecret(dataDir: string, setting: string | undefined): Promise<string> {
  if (setting) return setting;
  const file = path.join(dataDir, 'auth-secret');
  const kept = await readFile(file, 'utf8').catch(() => '');
  if (kept.trim().length >= 32) return kept.trim();
  const secret = randomBytes(32).toString('base64url');
  await mkdir(dataDir, { recursive: true });
  await writeFile(file, `${secret}\n`, { mode: 0o600 });
  return secret;
}
