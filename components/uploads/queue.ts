import { makePace, type Pace } from './pace';
import { type Ended, fingerprint, openSender, type Place, type Sender } from './sender';

export type State = 'waiting' | 'sending' | 'finishing' | 'retrying' | 'paused' | 'canceled' | Ended['as'];
/** A file on its way, as its row shows it. */
export type Row = {
  key: number;
  name: string;
  /** The vault and folder it goes to: `/slug/folder`. */
  where: string;
  /** Bytes. */
  size: number;
  sent: number;
  state: State;
  /** Bytes per second, once that can be told. */
  speed: number | null;
  why: string | null;
  fileId: string | null;
};
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

const AT_ONCE = 2;
/** How often what moves is drawn. */
const DRAW_MS = 250;
const RUNNING: ReadonlySet<State> = new Set(['sending', 'finishing', 'retrying']);
const OVER: ReadonlySet<State> = new Set(['done', 'refused', 'signedOut', 'failed', 'canceled']);

export const isOver = ({ state }: Row): boolean => OVER.has(state);

type Job = { row: Row; file: File; place: Place; sender: Promise<Sender> | null; pace: Pace };

/** A queue of files that are sent two at a time; `onArrived` hears when it has come to its end and some have arrived. */
export function makeQueue(onArrived: () => void): Queue {
  const jobs = new Map<number, Job>();
  const drawn = makeDrawing(() => [...jobs.values()].map(({ row }) => row));
  let last = 0;

  function set(job: Job, change: Partial<Row>): void {
    const { state } = job.row;
    job.row = { ...job.row, ...change };
    drawn.changed(job.row.state !== state);
  }
  function pump(): void {
    const all = [...jobs.values()];
    const room = AT_ONCE - all.filter(({ row }) => RUNNING.has(row.state)).length;
    for (const job of all.filter(({ row }) => row.state === 'waiting').slice(0, Math.max(0, room))) void begin(job);
  }
  async function begin(job: Job): Promise<void> {
    set(job, { state: 'sending', speed: null });
    job.pace.reset();
    job.sender ??= openSender(job.file, job.place, hearFor(job));
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
    const all = [...jobs.values()].map(({ row }) => row);
    // To who is signed out, the page would be gone, and what it tells with it
    if (!all.every(isOver) || all.some(({ state }) => state === 'signedOut')) return;
    if (all.some(({ state }) => state === 'done')) onArrived();
  }
  function hearFor(job: Job) {
    return {
      sent: (sent: number) => {
        if (!RUNNING.has(job.row.state)) return;
        job.pace.note(sent);
        const state = sent >= job.row.size ? 'finishing' : 'sending';
        set(job, { sent, state, speed: job.pace.speed() });
      },
      cut: () => {
        job.pace.reset();
        if (RUNNING.has(job.row.state)) set(job, { state: 'retrying', speed: null });
      },
      ended: (how: Ended) => end(job, how),
    };
  }
  function halt(key: number, state: 'paused' | 'canceled'): void {
    const job = jobs.get(key);
    if (!job || isOver(job.row)) return;
    set(job, { state, speed: null });
    void job.sender?.then((sender) => (state === 'paused' ? sender.stop() : sender.drop())).catch(() => {});
    if (state === 'canceled') job.sender = null;
    pump();
    rest();
  }
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
      pump();
    },
    pause: (key) => halt(key, 'paused'),
    cancel: (key) => halt(key, 'canceled'),
    goOn: (key, replace = false) => {
      const job = jobs.get(key);
      if (!job || RUNNING.has(job.row.state)) return;
      if (replace) job.place = { ...job.place, replace };
      if (isOver(job.row)) job.sender = null;
      set(job, { state: 'waiting', why: null, ...(job.row.state === 'canceled' && { sent: 0 }) });
      pump();
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

/** What is drawn of rows that change often: at once what matters, the rest a few times a second. */
function makeDrawing(read: () => readonly Row[]) {
  const listeners = new Set<() => void>();
  let rows: readonly Row[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const draw = () => {
    clearTimeout(timer);
    timer = undefined;
    rows = read();
    for (const listener of listeners) listener();
  };
  return {
    rows: () => rows,
    changed: (now: boolean) => {
      if (now) draw();
      else timer ??= setTimeout(draw, DRAW_MS);
    },
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
