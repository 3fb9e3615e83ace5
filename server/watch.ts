import { relative, sep } from 'node:path';
import { type AsyncSubscription, subscribe } from '@parcel/watcher';

/** Saved files that arrive within this time are taken over together. */
const GATHER_MS = 40;
const RETRY_MS = 2_000;

export type Watch = { close: () => Promise<void> };

/**
 * Calls `onPaths` with the paths (relative, with `/`) that changed in a folder, a few milliseconds after they did; never
 * two calls at once. When a call fails its paths are tried again. Rejects when the folder cannot be watched.
 */
export async function watchFolder(
  folder: string,
  onPaths: (paths: string[]) => Promise<void>,
  onTrouble: (error: unknown) => void,
): Promise<Watch> {
  const waiting = new Set<string>();
  let working: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | null = null;
  let closed = false;
  const take = async () => {
    timer = null;
    const paths = [...waiting];
    waiting.clear();
    try {
      await onPaths(paths);
    } catch (error) {
      onTrouble(error);
      for (const path of paths) waiting.add(path);
      soon(RETRY_MS);
    }
  };
  const soon = (after: number) => {
    if (!closed)
      timer ??= setTimeout(() => {
        working = working.then(take);
      }, after);
  };
  const subscription: AsyncSubscription = await subscribe(folder, (error, events) => {
    if (error) return onTrouble(error);
    for (const { path } of events) waiting.add(relative(folder, path).split(sep).join('/'));
    if (waiting.size > 0) soon(GATHER_MS);
  });
  return {
    close: async () => {
      await subscription.unsubscribe();
      closed = true;
      if (timer) clearTimeout(timer);
      await working;
    },
  };
}
