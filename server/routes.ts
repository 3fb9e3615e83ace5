import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { RESERVED_SLUGS } from '@/lib/vault/slug';

const manifest = z.record(z.string(), z.string());

/**
 * First segments of the site's own addresses: those it reserves, the routes that were built, and the files of `public/`.
 * Everything else is a vault's.
 */
export async function ownSegments(root: string): Promise<ReadonlySet<string>> {
  const file = path.join(root, '.next', 'app-path-routes-manifest.json');
  const routes = await readFile(file, 'utf8').then((text) => Object.values(manifest.parse(JSON.parse(text))));
  const publicFiles = await readdir(path.join(root, 'public')).catch(() => []);
  const built = routes.map((route) => route.split('/')[1] ?? '').filter((segment) => !segment.startsWith('['));
  return new Set(['', ...RESERVED_SLUGS, ...built, ...publicFiles]);
}
