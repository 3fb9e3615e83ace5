/** The server's own time zone, for who has chosen none. */
export const serverTimeZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A moment on a reader's clock, in words: `22 Nov 2026, 21:10`. `iso` is ISO 8601, `timeZone` an IANA name. */
export function momentIn(iso: string, language: string, timeZone: string | null): string {
  return new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'short',
    hourCycle: 'h23',
    timeZone: knownZone(timeZone),
  }).format(new Date(iso));
}

/** The day only. */
export function dayIn(iso: string, language: string, timeZone: string | null): string {
  const zone = knownZone(timeZone);
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: zone }).format(new Date(iso));
}

/** The zone when this computer knows it; else the server's, so that a stale choice breaks no page. */
export function knownZone(timeZone: string | null): string {
  if (!timeZone) return serverTimeZone();
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return serverTimeZone();
  }
}
