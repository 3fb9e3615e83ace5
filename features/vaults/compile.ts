import { availableParallelism } from 'node:os';
import Tinypool from 'tinypool';
import type { CompiledNote, CompileJob } from './compile-note';

/** Below this many notes a pool costs more to start than it saves. */
const INLINE_MAX = 64;
/** Jobs in flight per thread: enough to keep it busy, few enough to bound memory. */
const QUEUE_PER_THREAD = 4;

/**
 * Compiles notes on as many threads as the machine has cores (at most four), yielding them in the order of `jobs`.
 * At most a few dozen compiled notes are held at once. A note that cannot be read is yielded with its problem.
 */
export async function* compileNotes(jobs: CompileJob[]): AsyncGenerator<CompiledNote> {
  if (jobs.length <= INLINE_MAX) return yield* compileInline(jobs);
  const threads = Math.min(availableParallelism(), 4, jobs.length);
  const pool = new Tinypool({
    filename: new URL('./compile-worker.mjs', import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
  });
  const pending: Promise<CompiledNote>[] = [];
  try {
    const ahead = threads * QUEUE_PER_THREAD;
    for (const job of jobs) {
      pending.push(pool.run(job));
      if (pending.length < ahead) continue;
      const first = pending.shift();
      if (first) yield await first;
    }
    for (const rest of pending) yield await rest;
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
