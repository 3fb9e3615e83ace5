import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const meta = z.object({ headers: z.record(z.string(), z.unknown()).optional() });

/**
 * The cache tags of every page made by the build. No database was there then, so at each start these pages are out of date,
 * whenever the content changed.
 */
export async function readBuildTags(root: string): Promise<string[]> {
  const app = path.join(root, '.next', 'server', 'app');
  const names = await readdir(app, { recursive: true }).catch(() => []);
  const tags = new Set<string>();
  for (const name of names.filter((name) => name.endsWith('.meta'))) {
    const { headers } = meta.parse(JSON.parse(await readFile(path.join(app, name), 'utf8')));
    for (const tag of String(headers?.['x-next-cache-tags'] ?? '').split(',')) if (tag) tags.add(tag);
  }
  return [...tags];
}

/**
 * Removes pages that an earlier process left on disk. Next knows which tags have expired in memory only: after a restart it
 * would take a page that was taken back for valid.
 */
export const removeOldPages = (root: string): Promise<void> =>
  rm(path.join(root, '.next', 'server', 'route-cache'), { recursive: true, force: true });
