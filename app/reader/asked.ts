import { cache, type ReactNode } from 'react';
import { leadTo, missing } from '@/app/elsewhere';
import { readComments } from '@/features/comments/queries';
import { findAddress } from '@/features/notes/addresses';
import { readNoteWith } from '@/features/notes/queries';
import { getViewer } from '@/features/people/viewer';
import { readMine } from '@/features/reading/queries';
import { findVault } from '@/features/vaults/queries';

/**
 * The note at an address for whoever asks, with what is theirs around it and its comments from the one that `from` names on; read
 * once for a page and its description. Three round trips with the session's.
 */
export const readAskedNote = cache(async (vault: string, address: string, from: string | undefined) => {
  const viewer = await getViewer();
  return readNoteWith(viewer, vault, address, async (noteId) => {
    if (viewer.kind !== 'person') return null;
    const first = /^[1-9]\d{0,14}$/.test(from ?? '') ? Number(from) : null;
    const [mine, comments] = await Promise.all([readMine(viewer, noteId), readComments(viewer, noteId, first)]);
    return mine && { viewer, mine, comments };
  });
});

/** The language of a vault as whoever asks may know it. */
export const vaultLanguage = cache(
  async (vault: string) => (await findVault(await getViewer(), vault))?.language ?? 'en',
);

/** Leads another spelling of an address to the page, and everything else to the page for what does not exist. */
export async function lookElsewhere(vault: string, address: string): Promise<ReactNode> {
  const found = await findAddress(await getViewer(), vault, address);
  if (found.as === 'redirect') return leadTo(found.to);
  return missing();
}
