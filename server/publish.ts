import { realpath } from 'node:fs/promises';
import { database } from '@/db/connection';
import { anonymous } from '@/features/access/viewer';
import { objects } from '@/features/files/objects';
import { firstOwner } from '@/features/people/first-owner';
import { importFolder, type Progress } from '@/features/vaults/import';
import { importPaths } from '@/features/vaults/import-paths';
import type { Report } from '@/features/vaults/report';
import type { Settings } from '@/lib/env';
import type { Order } from './arguments';
import { type Watch, watchFolder } from './watch';

/** What an import tells while it runs. */
export type OnProgress = (text: string) => void;

/** Imports the bundled vaults and then the folder that was asked for; what has not changed is left alone. */
export async function publish(orders: Order[], onProgress: OnProgress): Promise<void> {
  const store = objects();
  for (const { folder, slug, access } of orders) {
    const { report } = await importFolder(database().db, {
      folder,
      slug,
      access: access && { level: access },
      store,
      onProgress: everySecond(slug, onProgress),
    });
    onProgress(summary(report));
    if (report.notice) onProgress(report.notice);
  }
}

/**
 * From now on, takes over whatever is saved in these folders, at once. A folder that cannot be watched is named; the next
 * start then imports what changed.
 */
export async function keepPublishing(orders: Order[], onNews: OnProgress): Promise<{ close: () => Promise<void> }> {
  const watches: Watch[] = [];
  for (const { folder, slug, access } of orders) {
    const options = { folder: await realpath(folder), slug, access: access && { level: access }, store: objects() };
    const take = async (paths: string[]) => {
      const event = await importPaths(database().db, options, paths);
      if (event !== null)
        onNews(`/${slug}: took over ${paths.length === 1 ? paths[0] : `${paths.length} saved files`}`);
    };
    const tell = (error: unknown) => onNews(`/${slug}: ${error instanceof Error ? error.message : error}`);
    await watchFolder(options.folder, take, tell).then((watch) => watches.push(watch), tell);
  }
  return { close: async () => void (await Promise.all(watches.map((watch) => watch.close()))) };
}

/** A line a second at most: a start should be read, not scrolled. */
function everySecond(slug: string, onProgress: OnProgress): (progress: Progress) => void {
  let last = Date.now();
  return ({ step, done, total }) => {
    if (Date.now() - last < 1_000) return;
    last = Date.now();
    onProgress(`/${slug}: ${step} ${done} of ${total}`);
  };
}

function summary({ vault, notes, publicNotes, changed, unresolved, took }: Report): string {
  const news = changed.added + changed.updated + changed.removed + changed.renamed;
  const what =
    news === 0
      ? 'nothing changed'
      : `${changed.added} new, ${changed.updated} changed, ${changed.removed} removed, ${changed.renamed} renamed`;
  const broken = unresolved.length === 0 ? '' : `; ${unresolved.length} links lead nowhere`;
  return `/${vault}: ${notes} notes, ${publicNotes} public (${what}${broken}; ${(took / 1000).toFixed(1)} s)`;
}

/** What to tell whoever started the site, above its address: while it has no owner, the link that makes one. */
export async function welcome({ siteUrl, ownerEmail, ownerPassword }: Settings): Promise<string[]> {
  const account = ownerEmail && ownerPassword ? { email: ownerEmail, password: ownerPassword } : null;
  const link = await firstOwner(anonymous, account);
  if (link) return ['', 'This site has no owner yet. Whoever opens this link first becomes it:', `${siteUrl}${link}`];
  return [];
}
