/** Downloads that may run at the same time: for all visitors together, and for one. */
const ALL_MAX = 512;
const VISITOR_MAX = 64;

declare global {
  /** Running downloads by visitor; one count for the process, however often this module is loaded. */
  var trastiendaDownloads: Map<string, number> | undefined;
}

/** Counts one more running download of a visitor, until what is returned is called; null when there are too many. */
export function takeSlot(visitor: string): (() => void) | null {
  globalThis.trastiendaDownloads ??= new Map();
  const running = globalThis.trastiendaDownloads;
  const own = running.get(visitor) ?? 0;
  const all = [...running.values()].reduce((sum, count) => sum + count, 0);
  if (own >= VISITOR_MAX || all >= ALL_MAX) return null;
  running.set(visitor, own + 1);
  let held = true;
  return () => {
    if (!held) return;
    held = false;
    const left = (running.get(visitor) ?? 1) - 1;
    if (left > 0) running.set(visitor, left);
    else running.delete(visitor);
  };
}
