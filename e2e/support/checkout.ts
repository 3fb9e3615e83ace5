import { cp, mkdir, mkdtemp, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
/** Where everything the tests make is kept. */
export const SCRATCH = process.env.E2E_DATA_DIR ?? tmpdir();

const LEFT_OUT =
  /^(?:\.git|\.data|\.env(?:\.(?!example).*)?|node_modules|\.next[\\/]cache|e2e|test-results)(?:[\\/]|$)/;

/**
 * A copy of the built product with a `.next/` of its own, as on another machine: sites with different databases would read
 * each other's pages from one. Editing the sources while the tests run does not reach them.
 */
export async function makeCheckout(): Promise<string> {
  const folder = path.join(await makeFolder('site'), 'trastienda');
  const filter = (source: string) => !LEFT_OUT.test(path.relative(ROOT, source));
  await cp(ROOT, folder, { recursive: true, verbatimSymlinks: true, filter });
  await symlink(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  return folder;
}

/** A new folder for one purpose. */
export async function makeFolder(purpose: string): Promise<string> {
  await mkdir(SCRATCH, { recursive: true });
  return mkdtemp(path.join(SCRATCH, `${purpose}-`));
}
