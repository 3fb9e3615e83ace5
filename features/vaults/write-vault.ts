import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { eq, sql } from 'drizzle-orm';
import type { Executor } from '@/db/connection';
import { vault } from '@/db/schema';
import { ACCESS_WORDS, formatAccess } from '@/lib/vault/access';
import type { Access, Entry, VaultSettings } from '@/lib/vault/entry';
import { findHome } from '@/lib/vault/home';
import { parseSettings, type ReadSettings } from '@/lib/vault/settings';
import { ImportError } from './import-error';
import { sampleLanguage } from './sample';

/** A vault whose row is locked by this transaction, and what its notes need to know of it. */
export type OpenVault = {
  id: number;
  slug: string;
  title: string;
  folder: string;
  homePath: string | null;
  translations: Record<string, string>;
  settings: VaultSettings;
  accessWord: string;
  notice: string | null;
  problems: string[];
  /** Every note is to be compiled again: something that decides how they read or who reads them changed. */
  again: boolean;
  /** What every page of the vault shows changed. */
  shownDifferently: boolean;
};

type Given = {
  slug: string;
  folder: string;
  read: ReadSettings;
  access?: Access;
  /** Null when only some of the folder was looked at: the home note is then the known one. */
  entries: Entry[] | null;
};

/** Waits until no other import of this vault runs, and keeps others waiting until the transaction ends. */
export async function lockVault(tx: Executor, slug: string): Promise<void> {
  // A large import takes longer than a page may wait for a statement
  await tx.execute(sql`set local statement_timeout = 0`);
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('vault'), hashtext(${slug}))`);
}

/** Creates or updates a vault's row and locks it until the transaction ends. Throws {@link ImportError} when the slug is another folder's. */
export async function openVault(tx: Executor, given: Given): Promise<OpenVault> {
  const [known] = await tx.select().from(vault).where(eq(vault.slug, given.slug)).for('update');
  if (known) await refuseOther(given, known.folder);
  const { settings, source, problems } = given.read;
  const access = given.access ?? settings.access ?? (known ? remembered(known) : null) ?? { level: 'private' as const };
  const row = {
    slug: given.slug,
    folder: given.folder,
    title: settings.title ?? basename(given.folder),
    description: settings.description,
    language: settings.language ?? known?.language ?? (await sampleLanguage(given.folder, given.entries ?? [])) ?? 'en',
    access: access.level,
    accessGroup: access.level === 'group' ? access.group : null,
    homePath: given.entries
      ? findHome(
          given.entries.map((entry) => entry.path),
          settings.home,
          basename(given.folder),
        )
      : (known?.homePath ?? null),
    translations: settings.translations,
    settingsSource: source,
    strictLineBreaks: settings.strictLineBreaks,
  };
  const again = !known || !sameBytes(known.settingsSource, source) || DECIDING.some((key) => known[key] !== row[key]);
  const shownDifferently = !known || SHOWN.some((key) => known[key] !== row[key]);
  const id = again || shownDifferently || known.folder !== row.folder ? await save(tx, row) : known.id;
  return {
    id,
    slug: row.slug,
    title: row.title,
    folder: row.folder,
    homePath: row.homePath,
    translations: row.translations,
    settings: { ...settings, access },
    accessWord: formatAccess(access),
    notice: given.access || settings.access || access.level !== 'private' ? null : PRIVATE_NOTICE,
    problems,
    again,
    shownDifferently,
  };
}

const DECIDING = ['access', 'accessGroup', 'homePath', 'strictLineBreaks'] as const;
const SHOWN = ['title', 'description', 'language', 'homePath'] as const;

const PRIVATE_NOTICE = `Nothing says who may read this vault, so its notes are private unless they say otherwise themselves. To publish it, write "access: public" in trastienda.yaml at its root, or import it with --access public (${ACCESS_WORDS}).`;

async function refuseOther(given: Given, folder: string): Promise<void> {
  if (folder === given.folder || !(await stat(folder).catch(() => null))) return;
  throw new ImportError(`The vault "${given.slug}" is already made from ${folder}. Choose another name with --vault.`);
}

/**
 * What an earlier import was told with --access, for as long as the vault's settings say nothing. What they said themselves is not
 * remembered: taking `access: public` out of them closes the vault.
 */
function remembered(known: typeof vault.$inferSelect): Access | null {
  const { settingsSource } = known;
  const before = settingsSource === null ? '' : new TextDecoder().decode(settingsSource);
  return parseSettings(before).access === null ? storedAccess(known) : null;
}

function storedAccess(row: { access: Access['level']; accessGroup: string | null }): Access {
  return row.access === 'group' ? { level: 'group', group: row.accessGroup ?? '' } : { level: row.access };
}

function sameBytes(a: Uint8Array | null, b: Uint8Array | null): boolean {
  return a === null || b === null ? a === b : Buffer.from(a).equals(b);
}

async function save(tx: Executor, row: typeof vault.$inferInsert): Promise<number> {
  const [saved] = await tx
    .insert(vault)
    .values(row)
    .onConflictDoUpdate({ target: vault.slug, set: { ...row, publishedAt: sql`now()` } })
    .returning({ id: vault.id });
  if (!saved) throw new Error('The vault was not saved.');
  return saved.id;
}
