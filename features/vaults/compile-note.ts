import { createHash } from 'node:crypto';
import { compile } from '@/lib/markdown/compile';
import type { Compiled } from '@/lib/markdown/compiled';
import { excerpt } from '@/lib/markdown/excerpt';
import { decodeText } from '@/lib/text/decode';
import { decideAccess } from '@/lib/vault/access';
import type { Access, VaultSettings } from '@/lib/vault/entry';
import { type Known, type Property, readFrontmatter } from '@/lib/vault/frontmatter';
import { baseName, nameProblems } from '@/lib/vault/names';
import { readEntry } from '@/lib/vault/read';
import { translationPaths } from '@/lib/vault/translations';
import { withinLimits } from './limits';
import { storable } from './storable';

export type CompileJob = {
  /** The vault's folder, absolute. */
  root: string;
  path: string;
  /** As the folder's listing says. */
  size: number;
  /** When the bytes have this hash they are not compiled again. */
  knownHash: string | null;
  settings: Pick<VaultSettings, 'access' | 'folders' | 'strictLineBreaks' | 'translations'>;
};

export type CompiledNote =
  | { kind: 'unchanged'; path: string }
  | { kind: 'unreadable'; path: string; reason: string }
  | {
      kind: 'compiled';
      path: string;
      hash: string;
      bytes: Uint8Array;
      title: string;
      description: string;
      access: Access;
      known: Known;
      properties: Property[];
      /** `slug/path` without `.md`. */
      translations: string[];
      compiled: Compiled;
      problems: { line: number; problem: string }[];
    };

const DESCRIPTION_CHARACTERS = 220;

/** Reads and compiles one note. A note that cannot be read or compiled never stops the others: it is told with its reason. */
export async function compileNote(job: CompileJob): Promise<CompiledNote> {
  try {
    const bytes = await readEntry(job.root, { path: job.path, kind: 'note' });
    const hash = createHash('sha256').update(bytes).digest('hex');
    if (hash === job.knownHash) return { kind: 'unchanged', path: job.path };
    return await compileBytes(job, bytes, hash);
  } catch (error) {
    return { kind: 'unreadable', path: job.path, reason: error instanceof Error ? error.message : String(error) };
  }
}

async function compileBytes(job: CompileJob, bytes: Uint8Array, hash: string): Promise<CompiledNote> {
  const { text, problem } = decodeText(bytes);
  const frontmatter = readFrontmatter(text);
  const { malformed } = frontmatter;
  const compiled = await compile({
    source: text,
    bodyStart: frontmatter.bodyStart,
    bodyLine: frontmatter.bodyLine,
    properties: frontmatter.links,
    title: frontmatter.known.title,
    tags: frontmatter.known.tags,
    strictLineBreaks: job.settings.strictLineBreaks,
  });
  const decision = decideAccess(frontmatter, job.path, job.settings);
  const { known, tags, problems } = withinLimits(frontmatter.known, compiled.tags);
  const said = [problem, decision.problem, ...nameProblems(job.path)].filter((each) => each !== null);
  const note = storable({
    path: job.path,
    hash,
    title: known.title ?? compiled.title ?? baseName(job.path).replace(/\.md$/i, ''),
    description: known.description ?? excerpt(compiled.text, DESCRIPTION_CHARACTERS),
    access: decision.access,
    known,
    properties: frontmatter.properties,
    translations: translationPaths(known.translations, job.settings),
    compiled: { ...compiled, tags },
    problems: [
      ...said.map((each) => ({ line: 1, problem: each })),
      ...(malformed ? [malformed] : []),
      ...frontmatter.problems,
      ...problems,
    ],
  });
  return { kind: 'compiled', bytes, ...note };
}
