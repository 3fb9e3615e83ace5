import { fold } from '@/lib/text/fold';
import type { Access, VaultSettings } from './entry';
import type { Frontmatter } from './frontmatter';

/** What an access may be, for messages. */
export const ACCESS_WORDS = 'public, members, private or group:<name>';

const GROUP = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._-]{0,62}$/u;

/** `public`, `members`, `private` or `group:<name>`, in any case; null for any other word. */
export function parseAccess(text: string): Access | null {
  const word = text.trim().normalize('NFC');
  const level = word.toLowerCase();
  if (level === 'public' || level === 'members' || level === 'private') return { level };
  const group = /^group:\s*(.*)$/is.exec(word)?.[1] ?? '';
  return GROUP.test(group) ? { level: 'group', group } : null;
}

/** The word that `parseAccess` reads. */
export function formatAccess(access: Access): string {
  return access.level === 'group' ? `group:${access.group}` : access.level;
}

export type Decision = {
  access: Access;
  /** Which rule decided, in words for whoever may change it. */
  because: string;
  /** For the report: an access that could not be understood, and therefore closed the note. */
  problem: string | null;
};

/**
 * Who may read a note: its `access` property, else `publish`, else the deepest folder rule, else the vault's default, else
 * nobody but owner and editors. Whatever cannot be understood is private.
 */
export function decideAccess(
  frontmatter: Pick<Frontmatter, 'known' | 'malformed'>,
  path: string,
  settings: Pick<VaultSettings, 'access' | 'folders'>,
): Decision {
  const { known, malformed } = frontmatter;
  if (malformed) return closed(`its properties could not be read (line ${malformed.line})`, null);
  if (known.access !== null && known.access !== '') {
    const access = parseAccess(known.access);
    if (access) return { access, because: `its property access: ${formatAccess(access)}`, problem: null };
    return closed(
      'its access property is not understood',
      `access: "${known.access}" is not ${ACCESS_WORDS}; the note is private`,
    );
  }
  if (known.publish === true)
    return { access: { level: 'public' }, because: 'its property publish: true', problem: null };
  if (known.publish === false) return closed('its property publish: false', null);
  return decideByPlace(path, settings);
}

/** The access of a path when nothing inside the file speaks for itself: folder rule, vault's default, private. */
export function decideByPlace(path: string, settings: Pick<VaultSettings, 'access' | 'folders'>): Decision {
  const key = fold(path);
  const rules = settings.folders.filter((rule) => rule.path === '' || key.startsWith(`${fold(rule.path)}/`));
  const [rule] = rules.sort((a, b) => fold(b.path).length - fold(a.path).length);
  if (rule) return { access: rule.access, because: `the rule for the folder ${rule.path}`, problem: null };
  if (settings.access) return { access: settings.access, because: "the vault's default", problem: null };
  return closed('the vault says nothing about access', null);
}

function closed(because: string, problem: string | null): Decision {
  return { access: { level: 'private' }, because, problem };
}
