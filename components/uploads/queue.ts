import { makePace } from './pace';
import { isOver, isRunning, makeDrawing, type Row } from './rows';
import { type Job, makeRunner } from './runner';
import { fingerprint, type Place } from './sender';

/** A file as it was chosen or dropped, with the folder it lay in, '' for none. */
export type Chosen = { file: File; folder: string };
export type Queue = {
  subscribe: (listener: () => void) => () => void;
  rows: () => readonly Row[];
  add: (chosen: Chosen[], place: Place) => void;
  pause: (key: number) => void;
  /** After a pause, or anew after it ended; with `replace`, in the place of what is there. */
  goOn: (key: number, replace?: boolean) => void;
  cancel: (key: number) => void;
};

/** A queue of files that are sent two at a time; `onArrived` hears when it has come to its end and more have arrived. */
export function makeQueue(onArrived: () => void): Queue {
  const jobs = new Map<number, Job>();
  const drawn = makeDrawing(() => [...jobs.values()].map(({ row }) => row));
  const set = (job: Job, change: Partial<Row>) => {
    const { state } = job.row;
    job.row = { ...job.row, ...change };
    drawn.changed(job.row.state !== state);
  };
  const runner = makeRunner({ jobs: () => [...jobs.values()], set, onArrived });
  const halt = (key: number, state: 'paused' | 'canceled') => {
    const job = jobs.get(key);
    if (job) runner.halt(job, state);
  };
  let last = 0;
  return {
    subscribe: drawn.subscribe,
    rows: drawn.rows,
    add: (chosen, { folder: below, ...place }) => {
      const coming = new Set([...jobs.values()].flatMap((job) => (isOver(job.row) ? [] : [sameness(job)])));
      for (const { file, folder } of chosen) {
        const job = makeJob(++last, file, { ...place, folder: [below, folder].filter(Boolean).join('/') });
        // Sent twice at a time, the two would cut each other short
        if (!coming.has(sameness(job))) jobs.set(job.row.key, job);
      }
      drawn.changed(true);
      runner.pump();
    },
    pause: (key) => halt(key, 'paused'),
    cancel: (key) => halt(key, 'canceled'),
    goOn: (key, replace = false) => {
      const job = jobs.get(key);
      if (!job || isRunning(job.row)) return;
      if (replace) job.place = { ...job.place, replace };
      if (isOver(job.row)) job.sender = null;
      set(job, { state: 'waiting', why: null, ...(job.row.state === 'canceled' && { sent: 0 }) });
      runner.pump();
    },
  };
}

function makeJob(key: number, file: File, place: Place): Job {
  const { name, size } = file;
  const where = `/${[place.vault, ...place.folder.split('/')].filter(Boolean).join('/')}`;
  const row: Row = { key, name, where, size, sent: 0, state: 'waiting', speed: null, why: null, fileId: null };
  return { row, file, place, sender: null, pace: makePace() };
}

const sameness = ({ file, place }: Job): string => fingerprint(file, place);
