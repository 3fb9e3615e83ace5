import { availableParallelism } from 'node:os';
import Tinypool from 'tinypool';
import { chunks } from './among';
import type { CompiledNote, CompileJob } from './compile-note';

/** Below this many notes a pool costs more to start than it saves. */
const INLINE_MAX = 64;
/** Notes handed to a thread at once: what a message costs is then shared by many. */
const GROUP = 16;
/** Parsing makes much short-lived garbage: with room for it, a tenth of all the time is saved. */
const YOUNG_MB = 96;
/** Groups in flight per thread: enough to keep it busy while a batch is written, few enough to bound memory. */
const GROUPS_PER_THREAD = 6;

/**
 * Compiles notes on as many threads as the machine has cores (at most four), yielding them in the order of `jobs`.
 * At most a few hundred compiled notes are held at once. A note that cannot be read is yielded with its problem.
 */
export async function* compileNotes(jobs: CompileJob[]): AsyncGenerator<CompiledNote> {
  if (jobs.length <= INLINE_MAX) return yield* compileInline(jobs);
  const threads = Math.min(availableParallelism(), 4);
  const pool = new Tinypool({
    filename: new URL('./compile-worker.mjs', import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  const pending: Promise<CompiledNote[]>[] = [];
  try {
    for (const group of chunks(jobs, GROUP)) {
      pending.push(pool.run(group));
      if (pending.length < threads * GROUPS_PER_THREAD) continue;
      const first = pending.shift();
      if (first) yield* await first;
    }
    for (const rest of pending) yield* await rest;
  } finally {
    for (const rest of pending) rest.catch(() => {}); // those nobody waits for any more
    await pool.destroy();
  }
}

async function* compileInline(jobs: CompileJob[]): AsyncGenerator<CompiledNote> {
  if (jobs.length === 0) return;
  const { compileNote } = await import('./compile-note');
  for (const job of jobs) yield await compileNote(job);
}
