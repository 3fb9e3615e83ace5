import { decodeSafely } from '@/lib/vault/address';
import type { Slot } from './compiled';

/** Where the address in `[words](address)` leads. */
export type Address =
  | { to: 'vault'; target: string; fragment: string | null }
  | { to: 'web'; url: string }
  | { to: 'nowhere' };

const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
const WEB = /^(?:https?:\/\/|mailto:|tel:)/i;
const HIDDEN = /[\u0000-\u0020\u007F-\u00A0\u200B-\u200F\u2028-\u202F\uFEFF]/g;

/** Only web, mail and telephone addresses leave the site; any other scheme leads nowhere. */
export function readAddress(written: string): Address {
  const bare = written.replace(HIDDEN, '');
  if (/^obsidian:/i.test(bare)) return obsidianAddress(bare);
  if (bare.startsWith('//')) return webAddress(`https:${bare}`);
  if (SCHEME.test(bare)) return WEB.test(bare) ? webAddress(written.trim()) : { to: 'nowhere' };
  const [path, ...fragments] = written.split('#');
  return vaultAddress(decodeSafely(path ?? ''), decodeSafely(fragments.join('#')));
}

function webAddress(url: string): Address {
  return URL.canParse(url) ? { to: 'web', url } : { to: 'nowhere' };
}

function vaultAddress(target: string, fragment: string): Address {
  return { to: 'vault', target: target.trim(), fragment: fragment.trim() || null };
}

/** `obsidian://open?vault=V&file=F` names a note of the vault; the other commands are for Obsidian alone. */
function obsidianAddress(written: string): Address {
  const query = /^obsidian:\/*open\/?\?([^#]*)(?:#(.*))?$/i.exec(written);
  const file = query ? new URLSearchParams(query[1]).get('file') : null;
  if (!file) return { to: 'nowhere' };
  const [path, ...fragments] = file.split('#');
  return vaultAddress(path ?? '', fragments.join('#') || decodeSafely(query?.[2] ?? ''));
}

/** The fields of a slot that do not depend on how it was written. */
export function blankSlot(): Slot {
  return {
    kind: 'link',
    target: '',
    fragment: null,
    line: 0,
    syntax: 'wiki',
    text: null,
    width: null,
    height: null,
    block: false,
  };
}
