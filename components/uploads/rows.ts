import type { Ended } from './sender';

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

const RUNNING: ReadonlySet<State> = new Set(['sending', 'finishing', 'retrying']);
const OVER: ReadonlySet<State> = new Set(['done', 'refused', 'signedOut', 'failed', 'canceled']);
/** How often what moves is drawn. */
const DRAW_MS = 250;

/** Whether something of it may be on the wire. */
export const isRunning = ({ state }: Row): boolean => RUNNING.has(state);
/** Whether nothing more happens with it unless somebody asks. */
export const isOver = ({ state }: Row): boolean => OVER.has(state);

/** What is drawn of rows that change often: at once what matters, the rest a few times a second. */
export function makeDrawing(read: () => readonly Row[]) {
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
