import { and, eq, not, sql } from 'drizzle-orm';
import type { Executor } from '@/db/connection';
import { note, redirect } from '@/db/schema';
import { addressKey, assignAddresses } from '@/lib/vault/address';
import { assignRedirects, isAliasAlone } from '@/lib/vault/redirects';
import { among, chunks } from './among';
import { insertRows } from './insert-rows';

/** A note that was written, and what it asks for. */
export type Addressee = {
  id: number;
  path: string;
  formerAddress: string | null;
  permalink: string | null;
  aliases: string[];
};

/**
 * Gives every written note its address, unique in the vault, and writes what else leads to it. All at once, when every note is
 * written and the gone ones are removed: two notes may change places, and a permalink goes before a path wherever in
 * the folder either lies. Returns whether any address changed, or leads nowhere now.
 */
export async function writeAddresses(tx: Executor, vaultId: number, written: Addressee[]): Promise<boolean> {
  if (written.length === 0) return false;
  const taken = await readTaken(tx, vaultId, written);
  const previous = new Map(written.flatMap((each) => (each.formerAddress ? [[each.path, each.formerAddress]] : [])));
  const assigned = assignAddresses(written, previous, taken);
  const changed = written.flatMap((each) => {
    const address = assigned.get(each.path) ?? each.path;
    return address === each.formerAddress ? [] : [{ id: each.id, address, address_key: addressKey(address) }];
  });
  if (changed.length > 0)
    await tx
      .update(note)
      .set({ address: sql`'/' || ${note.id}` })
      .where(
        among(
          note.id,
          changed.map((each) => each.id),
        ),
      );
  for (const part of chunks(changed)) await setAddresses(tx, part);
  const fewer = await writeRedirects(tx, vaultId, written, assigned);
  return fewer || changed.length > 0;
}

async function setAddresses(tx: Executor, rows: { id: number; address: string; address_key: string }[]): Promise<void> {
  await tx.execute(sql`
    update ${note} set address = given.address, address_key = given.address_key
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given(id bigint, address text, address_key text)
    where ${note.id} = given.id`);
}

/** Addresses of other notes that one of these could want: its own and those with a number after it. */
async function readTaken(tx: Executor, vaultId: number, written: Addressee[]): Promise<Set<string>> {
  const wanted = written.flatMap((each) => {
    const stem = stemOf(assignAddresses([each]).get(each.path) ?? each.path);
    return stem === stemOf(each.formerAddress ?? '') ? [] : [stem];
  });
  if (wanted.length === 0) return new Set();
  const rows = await tx
    .select({ address: note.address })
    .from(note)
    .where(
      and(
        eq(note.vaultId, vaultId),
        not(
          among(
            note.id,
            written.map((each) => each.id),
          ),
        ),
        sql`regexp_replace(${note.address}, '-[0-9]+$', '') in (select jsonb_array_elements_text(${JSON.stringify(wanted)}::jsonb))`,
      ),
    );
  return new Set(rows.map((row) => row.address));
}

/** An address without the number that tells it from others. */
function stemOf(address: string): string {
  return address.replace(/-[0-9]+$/, '');
}

/**
 * Former addresses, a path that a permalink replaced, aliases that are paths, a folder for its index. They stay for good but
 * for aliases, which go when the note has them no longer: then it returns true.
 */
async function writeRedirects(
  tx: Executor,
  vaultId: number,
  written: Addressee[],
  assigned: Map<string, string>,
): Promise<boolean> {
  const ids = new Map(written.map((each) => [each.path, each.id]));
  const notes = written.map(({ formerAddress, ...each }) => ({
    ...each,
    former: formerAddress ? [formerAddress] : [],
  }));
  const known = new Map(notes.map((each) => [each.path, each]));
  const rows = [...assignRedirects(notes, assigned)].flatMap(([key, path]) => {
    const note = known.get(path);
    return note ? [{ vaultId, addressKey: key, noteId: note.id, alias: isAliasAlone(note, key) }] : [];
  });
  const end = sql`
    on conflict (vault_id, address_key) do update set note_id = excluded.note_id,
      alias = excluded.alias and (${redirect.alias} or ${redirect.noteId} <> excluded.note_id)
    where ${redirect.noteId} <> excluded.note_id or (${redirect.alias} and not excluded.alias)`;
  for (const part of chunks(rows)) await insertRows(tx, redirect, part, end);
  return removeAliases(tx, [...ids.values()], new Set(rows.map((row) => row.addressKey)));
}

/** Removes what only led to these notes by aliases they have no longer. */
async function removeAliases(tx: Executor, noteIds: number[], kept: ReadonlySet<string>): Promise<boolean> {
  const rows = await tx
    .select({ key: redirect.addressKey, noteId: redirect.noteId })
    .from(redirect)
    .where(and(redirect.alias, among(redirect.noteId, noteIds)));
  const lost = rows.filter(({ key }) => !kept.has(key));
  for (const { key, noteId } of lost)
    await tx.delete(redirect).where(and(eq(redirect.noteId, noteId), eq(redirect.addressKey, key)));
  return lost.length > 0;
}
