import { randomBytes } from 'node:crypto';

declare global {
  /** Shared by the server's module graph and Next's. */
  var trastiendaProcess: string | undefined;
}

/** The running process by a name of its own: its number, and what tells it from others that had the same. */
export function processName(): string {
  globalThis.trastiendaProcess ??= `${process.pid}·${randomBytes(2).toString('hex')}`;
  return globalThis.trastiendaProcess;
}
