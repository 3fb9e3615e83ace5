import type { Executor } from '@/db/connection';
import type { Skipped } from '@/lib/vault/entry';
import { collisions } from '@/lib/vault/names';
import { SETTINGS_FILE } from '@/lib/vault/settings';
import type { Walked } from '@/lib/vault/walk';
import { readFindings } from './findings';
import type { Done } from './publish';
import type { OpenVault } from './write-vault';

export type Place = { path: string; line: number };

/** What an import read, did and found. `accounted` equals `read` when every file in the folder is answered for. */
export type Report = {
  vault: string;
  title: string;
  access: string;
  /** Words for the person importing, such as why a vault is private. */
  notice: string | null;
  dryRun: boolean;
  notes: number;
  publicNotes: number;
  files: number;
  /** `trastienda.yaml`, when there is one. */
  settings: number;
  skipped: Skipped[];
  unresolved: (Place & { target: string; suggestion?: string })[];
  ambiguous: (Place & { target: string; candidates: string[] })[];
  missing: (Place & { target: string })[];
  /** Links to a heading or a block that its note has not: they lead to the note. */
  missingParts: (Place & { target: string; fragment: string })[];
  unreferenced: string[];
  /** Files that both a public and a closed note refer to: whoever reads the public one may download them. */
  shared: string[];
  /** Paths that differ only in case or in how their letters are composed: elsewhere they may be one file. */
  collisions: string[][];
  unsupported: (Place & { kind: string })[];
  problems: (Place & { problem: string })[];
  changed: { added: number; updated: number; removed: number; renamed: number; unchanged: number };
  removed: string[];
  renamed: { from: string; to: string }[];
  read: number;
  accounted: number;
  /** Milliseconds. */
  took: number;
};

/** The report of an import that has just been done, still in its transaction. */
export async function makeReport(
  tx: Executor,
  vault: OpenVault,
  done: Done,
  walked: Walked,
): Promise<Omit<Report, 'took' | 'dryRun'>> {
  const findings = await readFindings(tx, vault.id);
  const skipped = [...walked.skipped, ...done.unreadable].sort(byPath);
  const ofVault = vault.problems.map((problem) => ({ path: SETTINGS_FILE, line: 1, problem }));
  const ofFiles = done.troubles.map((each) => ({ ...each, line: 1 }));
  return {
    vault: vault.slug,
    title: vault.title,
    access: vault.accessWord,
    notice: vault.notice,
    ...findings,
    collisions: collisions(walked.entries.map((entry) => entry.path)),
    settings: walked.settings.length,
    skipped,
    changed: { ...done.counts, removed: done.removed.length, renamed: done.renamed.length },
    removed: done.removed,
    renamed: done.renamed,
    problems: [...ofVault, ...[...findings.problems, ...ofFiles].sort(byPath)],
    read: walked.met,
    accounted: findings.notes + findings.files + skipped.length + walked.settings.length,
  };
}

function byPath(a: { path: string }, b: { path: string }): number {
  return a.path < b.path ? -1 : Number(a.path > b.path);
}
