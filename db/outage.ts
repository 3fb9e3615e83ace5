import postgres from 'postgres';
import { processName } from '@/lib/observe/process';

/** Where a client of postgres.js connects to; it looks again at each new connection. */
export type Way = { host: string[]; port: number[]; path?: string | (() => string) | undefined };

/** Reserved since 1988 for a service nobody runs: the system refuses who knocks, as where a server has gone. */
const NOBODY = { host: '127.0.0.1', port: 1 };
const CONNECT_SECONDS = 5;
/** PostgreSQL waits so long for each connection to be gone. */
const CUT_MS = 1_000;
const CUT_EVERY_MS = 200;

/** By what PostgreSQL knows the connections of this very process. */
export const connectionName = (): string => `trastienda ${processName().replace('·', '-')}`;

/** Makes the database unreachable from this process for a while: what is connected is cut, and nothing connects. */
export class Outage {
  readonly #ways = new Set<Way>();
  #end: (() => void) | null = null;
  #ends: (() => void)[] = [];
  #until = 0;

  /** Has the connections made by `way` be part of it. Returns how to leave them out again. */
  include(way: Way): () => void {
    this.#ways.add(way);
    if (this.#end) this.#ends.push(leadNowhere(way));
    return () => void this.#ways.delete(way);
  }

  /** Until it ends by itself; 0 when there is none. */
  secondsLeft(): number {
    return this.#end === null ? 0 : Math.max(1, Math.ceil((this.#until - performance.now()) / 1000));
  }

  /**
   * Begins one that ends after `seconds`, whatever happens meanwhile; `url` is the database's. Throws when there is one
   * already, or when the site is not for that (`REHEARSALS`). Rejects, with everything as before, when PostgreSQL does not
   * let its connections be cut.
   */
  async begin(url: string, seconds: number): Promise<void> {
    if (process.env.REHEARSALS !== 'true') throw new Error('This site is not for rehearsals.');
    if (this.#end) throw new Error('The database is unreachable already.');
    const admin = postgres(url, {
      max: 1,
      connect_timeout: CONNECT_SECONDS,
      onnotice: () => {},
      connection: { application_name: 'trastienda outage' },
    });
    this.#ends = [...this.#ways].map(leadNowhere);
    const timer = setTimeout(() => this.#end?.(), seconds * 1000);
    timer.unref();
    this.#until = performance.now() + seconds * 1000;
    this.#end = () => {
      clearTimeout(timer);
      this.#end = null;
      for (const end of this.#ends.splice(0)) end();
    };
    const cut = () => admin`
      select pg_terminate_backend(pid, ${CUT_MS}::bigint) from pg_stat_activity where application_name = ${connectionName()}`;
    try {
      await cut();
    } catch (error) {
      this.#end?.();
      await admin.end({ timeout: 1 });
      throw error;
    }
    void this.#cutAgain(cut).finally(() => admin.end({ timeout: 1 }));
  }

  /** What was just being connected is known to PostgreSQL a moment later; what connects anew after the end is let be. */
  async #cutAgain(cut: () => Promise<unknown>): Promise<void> {
    while (this.#end && this.#until - performance.now() > 2 * CUT_EVERY_MS) {
      await new Promise((resolve) => setTimeout(resolve, CUT_EVERY_MS).unref());
      await cut().catch(() => {});
    }
  }
}

/** Returns how to lead where it led before. */
function leadNowhere(way: Way): () => void {
  const { path, host, port } = { ...way, host: [...way.host], port: [...way.port] };
  way.path = undefined;
  way.host.fill(NOBODY.host);
  way.port.fill(NOBODY.port);
  return () => {
    way.path = path;
    way.host.splice(0, host.length, ...host);
    way.port.splice(0, port.length, ...port);
  };
}

declare global {
  /** Shared by the server's module graph and Next's, which meet only here, in PostgreSQL and over HTTP. */
  var trastiendaOutage: Outage | undefined;
}

/** The process's own. */
export function outage(): Outage {
  globalThis.trastiendaOutage ??= new Outage();
  return globalThis.trastiendaOutage;
}
