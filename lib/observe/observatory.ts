import type { Observation } from './observation';

/** Kept at most: enough for a visitor to look at what they have just done, on a busy site too. */
const OBSERVATIONS_MAX = 400;
/** Pages whose rendering is remembered. */
const RENDERINGS_MAX = 600;

/** Asks this very server for an address as a visitor with these headers would; the id of what was seen. */
export type Probe = (path: string, headers: Record<string, string>) => Promise<string | null>;

/** What was lately seen, the oldest forgotten first. */
export class Observatory {
  readonly #seen = new Map<string, Observation>();
  readonly #renderings = new Map<string, Observation>();
  probe: Probe = async () => null;
  /** The file of the program behind each route. */
  files: Readonly<Record<string, string>> = {};

  /** Told of each observation, once it is over. */
  onSeen: ((observation: Observation) => void) | null = null;

  add(observation: Observation): void {
    this.onSeen?.(observation);
    keep(this.#seen, observation.trace.id, observation, OBSERVATIONS_MAX);
  }

  /** Remembers which request made a page that is kept. */
  addRendering(page: string, observation: Observation): void {
    keep(this.#renderings, page, observation, RENDERINGS_MAX);
  }

  find(id: string): Observation | null {
    const kept = this.#seen.get(id);
    if (kept) return kept;
    for (const each of this.#renderings.values()) if (each.trace.id === id) return each;
    return null;
  }

  rendering(page: string): Observation | null {
    return this.#renderings.get(page) ?? null;
  }

  /** The latest first. */
  recent(count: number, which: (observation: Observation) => boolean = () => true): Observation[] {
    return [...this.#seen.values()].reverse().filter(which).slice(0, count);
  }
}

function keep<T>(map: Map<string, T>, key: string, value: T, most: number): void {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= most) break;
    map.delete(oldest);
  }
}

declare global {
  /** Shared by the server's module graph and Next's, which meet only here, in PostgreSQL and over HTTP. */
  var trastiendaObservatory: Observatory | undefined;
}

/** The process's own. */
export function observatory(): Observatory {
  globalThis.trastiendaObservatory ??= new Observatory();
  return globalThis.trastiendaObservatory;
}

/** What tells a kept page from others: its path and, for the site's own, its language. */
export const pageKey = (path: string, variant: string): string => `${variant}\n${path}`;
