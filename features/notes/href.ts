import { toHref } from '@/lib/vault/address';
import type { NoteCard } from './page';

/** The address of a note on this site: the vault's own for its home note. */
export function noteHref(vault: string, note: { address: string; path: string }, homePath: string | null): string {
  return toHref(vault, note.path === homePath ? '' : note.address);
}

export function noteCard(
  vault: { slug: string; homePath: string | null },
  note: { address: string; path: string; title: string; description: string },
): NoteCard {
  return { href: noteHref(vault.slug, note, vault.homePath), title: note.title, description: note.description };
}

export const tagHref = (vault: string, tag: string) => `/${vault}/-/tags/${encodeSegments(tag)}`;
export const folderHref = (vault: string, folder: string) => `/${vault}/-/folders/${encodeSegments(folder)}`;

function encodeSegments(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
