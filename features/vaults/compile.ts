import { availableParallelism } from 'node:os';
import Tinypool from 'tinypool';
import { chunks } from './among';
import type { CompiledNote, CompileJob } from './compile-note';

/** Below this many notes a pool costs more to start than it saves. */
const INLINE_MAX = 64;
/** Notes handed to a thread at once: what a message costs is then shared by many. */
const GROUP = 16;
/**
 * Parsing makes much short-lived garbage: with room for it a tenth of the time is saved. Below 2 GB for what lives longer, V8
 * lets a heap double instead of grow fourfold before it looks for garbage: two threads then take 300 MB less.
 */
const HEAP = { maxYoungGenerationSizeMb: 64, maxOldGenerationSizeMb: 2000 };
/** Larger notes need more than {@link HEAP} and are compiled here, after all others. */
const LARGE_BYTES = 2_000_000;
/** Groups in flight per thread: enough to keep it busy while a batch is written, few enough to bound memory. */
const GROUPS_PER_THREAD = 4;

/**
 * Compiles notes on as many threads as the machine has cores (at most four), yielding them in the order of `jobs`, very
 * large ones last. At most a few hundred are held at once. A note that cannot be read is yielded with its problem.
 */
export async function* compileNotes(jobs: CompileJob[]): AsyncGenerator<CompiledNote> {
  if (jobs.length <= INLINE_MAX) return yield* compileInline(jobs);
  yield* compileOnThreads(jobs.filter(({ size }) => size <= LARGE_BYTES));
  yield* compileInline(jobs.filter(({ size }) => size > LARGE_BYTES));
}

async function* compileOnThreads(jobs: CompileJob[]): AsyncGenerator<CompiledNote> {
  const threads = Math.min(availableParallelism(), 4);
  const pool = new Tinypool({
    filename: new URL('./compile-worker.mjs', import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
    resourceLimits: HEAP,
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
