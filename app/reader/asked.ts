import { cache, type ReactNode } from 'react';
import { leadTo, missing } from '@/app/elsewhere';
import { findAddress } from '@/features/notes/addresses';
import { readNote } from '@/features/notes/queries';
import { getViewer } from '@/features/people/viewer';
import { findVault } from '@/features/vaults/queries';

/** The note at an address for whoever asks; read once for a page and its description. */
export const readAskedNote = cache(async (vault: string, address: string) =>
  readNote(await getViewer(), vault, address),
);

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
