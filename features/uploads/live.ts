import type { Writer } from './writer';

/** An upload that this process is at, between its requests too. */
export type Live = {
  writer: Writer | null;
  /** What is done with it, one after the other. */
  turn: Promise<unknown>;
  /** Requests that are at it, or wait for their turn. */
  users: number;
  /** Ends the request that is sending at this moment. */
  interrupt: () => void;
  /** When somebody last had it; milliseconds of this process's clock. */
  at: number;
  idle: NodeJS.Timeout | null;
};

declare global {
  /** One for the process, however often this module is loaded. */
  var trastiendaUploads: Map<string, Live> | undefined;
}

/** Files that are held open at the same time; whoever comes then closes the one that has waited longest. */
const LIVE_MAX = 64;
/** How long one is held open for a next request. Later it is read back. */
const IDLE_MS = 600_000;

const UNTOUCHED = { writer: null, users: 0, interrupt: () => {}, at: 0, idle: null };

/** Whether a request is at an upload, which one more would end. */
export const isBusy = (id: string): boolean => (globalThis.trastiendaUploads?.get(id)?.users ?? 0) > 0;

/**
 * Does something with an upload while nobody else does. A request that is still sending is ended first: whoever asks anew knows
 * that it was cut, before this server does.
 */
export async function exclusively<T>(id: string, work: (live: Live) => Promise<T>): Promise<T> {
  globalThis.trastiendaUploads ??= new Map();
  const all = globalThis.trastiendaUploads;
  const live = all.get(id) ?? { ...UNTOUCHED, turn: Promise.resolve() };
  all.set(id, live);
  live.interrupt();
  live.users++;
  hold(live);
  const mine = live.turn.then(() => work(live));
  live.turn = mine.catch(() => {});
  try {
    return await mine;
  } finally {
    live.users--;
    if (live.users === 0) rest(all, id, live);
  }
}

/** Leaves it for the next request, for a while. */
function rest(all: Map<string, Live>, id: string, live: Live): void {
  live.at = performance.now();
  if (!live.writer) return void all.delete(id);
  live.idle = setTimeout(() => void letGo(id), IDLE_MS);
  live.idle.unref();
  const open = [...all].filter(([, each]) => each.idle);
  const [longest] = open.toSorted(([, one], [, other]) => one.at - other.at);
  if (open.length > LIVE_MAX && longest) void letGo(longest[0]);
}

/** From now on somebody has it. */
function hold(live: Live): void {
  if (live.idle) clearTimeout(live.idle);
  live.idle = null;
}

/** Closes what an upload holds open; what was written stays. */
async function letGo(id: string): Promise<void> {
  await exclusively(id, async (live) => {
    await live.writer?.close();
    live.writer = null;
  });
}
