type Closer = { name: string; close: () => Promise<void> };

/** Everything has to be put away within this time. */
const DEADLINE_MS = 10_000;
const FORCED_MS = 3_000;

/** Puts away what was opened, last first, when the process is asked to end. */
export class Shutdown {
  readonly #closers: Closer[] = [];
  readonly #onForce: (() => void)[] = [];
  #asked = 0;
  #ending: Promise<void> | null = null;

  /** Whether the process has been asked to end. */
  get asked(): boolean {
    return this.#asked > 0;
  }

  /** Adds something to put away. */
  add(name: string, close: () => Promise<void>): void {
    this.#closers.push({ name, close });
  }

  /** Adds what to cut short when somebody will not wait. */
  onForce(cut: () => void): void {
    this.#onForce.push(cut);
  }

  /** Ends the process on SIGINT and SIGTERM, or when whoever started it is gone; `settled` is the boot, which is never cut in two. */
  listen(settled: () => Promise<unknown>): void {
    const ask = () => {
      this.#asked++;
      if (this.#asked === 1) void this.end(0, settled);
      else if (this.#asked === 2) this.#force();
      else process.exit(1);
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask);
    process.on('disconnect', ask);
  }

  /** Puts everything away and ends the process. */
  end(exitCode: number, settled: () => Promise<unknown> = async () => {}): Promise<void> {
    this.#ending ??= this.#end(exitCode, settled);
    return this.#ending;
  }

  async #end(exitCode: number, settled: () => Promise<unknown>): Promise<void> {
    setTimeout(() => {
      console.error(`Still busy after ${DEADLINE_MS / 1000} s: ending anyway.`);
      process.exit(exitCode || 1);
    }, DEADLINE_MS).unref();
    await settled().catch(() => {});
    for (const { name, close } of this.#closers.reverse()) {
      await close().catch((error) =>
        console.error(`${name} did not close: ${error instanceof Error ? error.message : error}`),
      );
    }
    process.exit(exitCode);
  }

  #force(): void {
    for (const cut of this.#onForce) cut();
    setTimeout(() => process.exit(1), FORCED_MS).unref();
  }
}
