import type { Pace } from './pace';
import { isOver, isRunning, type Row } from './rows';
import { type Ended, type Hear, openSender, type Place, type Sender } from './sender';

/** A file with its row, and what sends it once it has begun. */
export type Job = { row: Row; file: File; place: Place; sender: Promise<Sender> | null; pace: Pace };
/** What runs jobs is given: those there are, a way to change a row, and whom to tell when all have come to their end that more have arrived. */
type Given = { jobs: () => Job[]; set: (job: Job, change: Partial<Row>) => void; onArrived: () => void };
export type Runner = {
  /** Begins what waits, as far as there is room. */
  pump: () => void;
  halt: (job: Job, state: 'paused' | 'canceled') => void;
};

const AT_ONCE = 2;

/** Sends the files of jobs, two at a time. */
export function makeRunner({ jobs, set, onArrived }: Given): Runner {
  let told = 0;
  function pump(): void {
    const all = jobs();
    const room = AT_ONCE - all.filter(({ row }) => isRunning(row)).length;
    for (const job of all.filter(({ row }) => row.state === 'waiting').slice(0, Math.max(0, room))) void begin(job);
  }
  async function begin(job: Job): Promise<void> {
    set(job, { state: 'sending', speed: null });
    job.pace.reset();
    job.sender ??= openSender(
      job.file,
      job.place,
      hearFor(job, set, (how) => end(job, how)),
    );
    const sender = await job.sender.catch(() => null);
    if (job.row.state !== 'sending') return; // paused or canceled meanwhile
    if (sender) return sender.start();
    end(job, { as: 'failed' });
  }
  function end(job: Job, how: Ended): void {
    if (isOver(job.row)) return;
    const why = how.as === 'refused' ? how.why : null;
    const fileId = how.as === 'done' ? how.fileId : null;
    set(job, { state: how.as, speed: null, why, fileId, ...(how.as === 'done' && { sent: job.row.size }) });
    pump();
    rest();
  }
  function rest(): void {
    const all = jobs().map(({ row }) => row);
    // To who is signed out, the page would be gone, and what it tells with it
    if (!all.every(isOver) || all.some(({ state }) => state === 'signedOut')) return;
    const arrived = all.filter(({ state }) => state === 'done').length;
    if (arrived > told) onArrived();
    told = arrived;
  }
  function halt(job: Job, state: 'paused' | 'canceled'): void {
    if (isOver(job.row)) return;
    set(job, { state, speed: null });
    void job.sender?.then((sender) => (state === 'paused' ? sender.stop() : sender.drop())).catch(() => {});
    if (state === 'canceled') job.sender = null;
    pump();
    rest();
  }
  return { pump, halt };
}

function hearFor(job: Job, set: Given['set'], ended: (how: Ended) => void): Hear {
  return {
    sent: (sent) => {
      if (!isRunning(job.row)) return;
      job.pace.note(sent);
      set(job, { sent, state: sent >= job.row.size ? 'finishing' : 'sending', speed: job.pace.speed() });
    },
    cut: () => {
      job.pace.reset();
      if (isRunning(job.row)) set(job, { state: 'retrying', speed: null });
    },
    ended,
  };
}
