import { constants } from 'node:fs';
import { access, lstat, readdir, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import type { Entry, Skipped, VaultSettings } from './entry';
import { excluder } from './exclude';
import { isNotePath } from './names';
import { SETTINGS_FILE } from './settings';

/** A larger note is not imported. */
export const NOTE_BYTES_MAX = 20 * 1024 * 1024;
/** A larger file is not imported. */
export const FILE_BYTES_MAX = 10 * 1024 ** 3;
const PATH_BYTES_MAX = 1024;
const LEVELS_MAX = 64;
const AT_ONCE = 32;

export type Walked = {
  /** In the order of their paths. */
  entries: Entry[];
  /** In the order of their paths. A folder that is not entered counts as one. */
  skipped: Skipped[];
  /** `trastienda.yaml`, when there is one. */
  settings: string[];
  /** Everything met that is no folder entered: entries + skipped + settings. */
  met: number;
};

/**
 * Everything in a vault's folder. Nothing outside of it is ever listed: a symbolic link counts only when it leads to a file
 * that would itself be imported, and a link to a folder is not entered. What cannot be read is skipped with its reason.
 * Rejects only when `root` itself is no readable folder.
 */
export async function walk(root: string, settings: Pick<VaultSettings, 'exclude'> = { exclude: [] }): Promise<Walked> {
  const base = await realpath(root);
  const isExcluded = excluder(settings.exclude);
  const walked: Walked = { entries: [], skipped: [], settings: [], met: 0 };
  let folders = [''];
  for (let level = 0; folders.length > 0; level++) {
    const deeper: string[] = [];
    await each(folders, async (folder) => {
      const names = await list(base, folder, folder === '' ? null : walked.skipped);
      for (const { path, isFolder } of names) {
        const reason =
          refusal(path, isFolder, level) ?? (isExcluded(path, isFolder) ? "excluded by the vault's settings" : null);
        if (path === SETTINGS_FILE) walked.settings.push(path);
        else if (reason) walked.skipped.push({ path, reason });
        else if (isFolder) deeper.push(path);
        else walked.entries.push({ path, kind: isNotePath(path) ? 'note' : 'file', size: 0, modified: 0 });
      }
    });
    folders = deeper;
  }
  return measure(base, walked, (path) => isExcluded(path, false));
}

/**
 * The same for some paths alone, as far as they are files that `walk` would list: what is gone, refused or excluded is left out.
 */
export async function look(root: string, paths: string[], settings: Pick<VaultSettings, 'exclude'>): Promise<Entry[]> {
  const base = await realpath(root);
  const isExcluded = excluder(settings.exclude);
  const entries: Entry[] = [];
  await each(paths, async (path) => {
    const above = path.split('/').map((_, i, segments) => segments.slice(0, i + 1).join('/'));
    const isClosed = above.some((step, level) => {
      const isFolder = step !== path;
      return refusal(step, isFolder, level) !== null || isExcluded(step, isFolder);
    });
    if (isClosed || path === SETTINGS_FILE) return;
    const found = await measureOne(
      base,
      { path, kind: isNotePath(path) ? 'note' : 'file', size: 0, modified: 0 },
      (target) => isExcluded(target, false),
    );
    if (!('reason' in found)) entries.push(found);
  });
  return entries.sort(byPath);
}

/** Runs `work` over all items, a bounded number at once. */
async function each<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const run = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, run));
}

/** The names in a folder. A folder that cannot be listed is put on `skipped`, or, for the root, rejects. */
async function list(base: string, folder: string, skipped: Skipped[] | null) {
  try {
    const found = await readdir(join(base, folder), { withFileTypes: true });
    return found.map((entry) => ({
      path: folder === '' ? entry.name : `${folder}/${entry.name}`,
      isFolder: entry.isDirectory(),
    }));
  } catch (error) {
    if (skipped === null) throw error;
    skipped.push({ path: folder, reason: reasonOf(error) });
    return [];
  }
}

/** Why a path is not imported whatever the file holds, or null. */
function refusal(path: string, isFolder: boolean, level: number): string | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name === '.obsidian') return "Obsidian's settings";
  if (name === '.trash') return "Obsidian's bin";
  if (name.startsWith('.')) return 'hidden';
  if (name === 'node_modules' && isFolder) return 'installed packages';
  if (name.includes('\uFFFD') || /\p{Surrogate}/u.test(name)) return 'its name is not valid Unicode';
  if (Buffer.byteLength(path) > PATH_BYTES_MAX) return `its path is longer than ${PATH_BYTES_MAX} bytes`;
  return level >= LEVELS_MAX ? `it lies deeper than ${LEVELS_MAX} folders` : null;
}

async function measure(base: string, walked: Walked, isExcluded: (path: string) => boolean): Promise<Walked> {
  const entries: Entry[] = [];
  await each(walked.entries, async (entry) => {
    const found = await measureOne(base, entry, isExcluded);
    if ('reason' in found) walked.skipped.push(found);
    else entries.push(found);
  });
  entries.sort(byPath);
  walked.skipped.sort(byPath);
  return { ...walked, entries, met: entries.length + walked.skipped.length + walked.settings.length };
}

async function measureOne(base: string, entry: Entry, isExcluded: (path: string) => boolean): Promise<Entry | Skipped> {
  const { path, kind } = entry;
  const file = join(base, path);
  try {
    const own = await lstat(file);
    const refused = own.isSymbolicLink() ? await refuseLink(base, file, isExcluded) : null;
    if (refused) return { path, reason: refused };
    const { size, mtimeMs, ...rest } = own.isSymbolicLink() ? await measured(file) : { ...pick(own) };
    if (rest.isFolder) return { path, reason: 'a link to a folder' };
    if (!rest.isFile) return { path, reason: 'neither a file nor a folder' };
    if (size > (kind === 'note' ? NOTE_BYTES_MAX : FILE_BYTES_MAX))
      return { path, reason: `too large (${size} bytes)` };
    await access(file, constants.R_OK);
    return { path, kind, size, modified: Math.floor(mtimeMs) };
  } catch (error) {
    return { path, reason: reasonOf(error) };
  }
}

async function measured(file: string) {
  return pick(await stat(file));
}

function pick(stats: { size: number; mtimeMs: number; isFile(): boolean; isDirectory(): boolean }) {
  return { size: stats.size, mtimeMs: stats.mtimeMs, isFile: stats.isFile(), isFolder: stats.isDirectory() };
}

/** A link must not bring in what the walk itself would not: nothing outside, hidden or excluded. */
async function refuseLink(base: string, file: string, isExcluded: (path: string) => boolean): Promise<string | null> {
  const inside = relative(base, await realpath(file));
  const target = inside === '' ? [] : inside.split(sep);
  if (target[0] === '..' || isAbsolute(inside)) return 'a link that leads out of the vault';
  const path = target.join('/');
  const hidden = target.some((name) => name.startsWith('.') || name === 'node_modules');
  return hidden || path === SETTINGS_FILE || isExcluded(path) ? 'a link to something that is not imported' : null;
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EACCES' || code === 'EPERM') return 'not readable: permission denied';
  if (code === 'ENOENT') return 'gone, or a link to nothing';
  if (code === 'ELOOP') return 'a link that leads to itself';
  return `not readable${code ? `: ${code}` : ''}`;
}

function byPath(a: { path: string }, b: { path: string }): number {
  return a.path < b.path ? -1 : Number(a.path > b.path);
}
