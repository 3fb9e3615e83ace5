import { cacheLife, cacheTag } from 'next/cache';

/**
 * Cache tags of public pages. Publishing expires them (`features/vaults`): change them together.
 * `site`: the list of vaults. `vault:x`: all of a vault. `vault:x:tree`: pages that show its tree, and addresses where
 * nothing was found. `vault:x:lists`: graph, tags, feed. `note:n`: one note.
 */
export type VaultPart = 'tree' | 'lists';

/** Inside a `'use cache'` function, before reading: kept until one of the tags is expired. */
export function keepUntilVaultChanges(vault: string, ...parts: VaultPart[]): void {
  cacheLife('max');
  cacheTag(`vault:${vault}`, ...parts.map((part) => `vault:${vault}:${part}`));
}

export function keepUntilSiteChanges(): void {
  cacheLife('max');
  cacheTag('site');
}
