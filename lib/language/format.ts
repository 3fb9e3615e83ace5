/** Making one takes longer than using it a hundred times. */
const made = new Map<string, Intl.NumberFormat>();

/** Dates are shown in UTC, so that a page made once is right for every reader. */
export function formatDay(iso: string, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(iso));
}

export function formatMoment(iso: string, language: string): string {
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'short', timeZone: 'UTC', hourCycle: 'h23' });
  return `${formatDay(iso, language)}, ${time.format(new Date(iso))} UTC`;
}

/** A date as an author wrote it, in words when it is one (`2026-11-22`, with or without a time), else untouched. */
export function formatWrittenDate(written: string, language: string): string {
  const day = /^\d{4}-\d{2}-\d{2}/.exec(written)?.[0];
  return day && !Number.isNaN(Date.parse(day)) ? formatDay(day, language) : written;
}

export function formatNumber(value: number, language: string): string {
  const format = made.get(language) ?? new Intl.NumberFormat(language, { useGrouping: 'min2' });
  made.set(language, format);
  return format.format(value);
}
