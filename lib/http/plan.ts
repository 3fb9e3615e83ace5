import { conditionOf, httpDate, rangeHolds, type Validators } from './conditions';
import { chooseRange } from './ranges';

export type Asked = { method: string; headers: { get: (name: string) => string | null } };
export type Resource = Validators & {
  /** Bytes. */
  size: number;
};

/** How a request for bytes is answered. */
export type Plan = {
  status: 200 | 206 | 304 | 412 | 416;
  /** Those that depend on the request; `x-content-length` is the length that our server sends. */
  headers: Record<string, string>;
  /** Which bytes, both ends inclusive; null for none. */
  send: { start: number; end: number } | null;
};

/** Decides on status, range and length for a GET or HEAD request (RFC 9110, 13 to 15). Only GET has ranges. */
export function planAnswer({ method, headers }: Asked, { size, etag, modified }: Resource): Plan {
  const validators = { etag, modified };
  const told = { 'accept-ranges': 'bytes', etag, 'last-modified': httpDate(modified) };
  const condition = conditionOf(headers, validators);
  if (condition === 'unchanged') return { status: 304, headers: told, send: null };
  if (condition === 'failed') return { status: 412, headers: { ...told, 'x-content-length': '0' }, send: null };
  const range = method === 'GET' && rangeHolds(headers, validators) ? headers.get('range') : null;
  const wanted = chooseRange(range, size);
  if (wanted.as === 'none') {
    const none = { 'content-range': `bytes */${size}`, 'x-content-length': '0' };
    return { status: 416, headers: { ...told, ...none }, send: null };
  }
  const { start, end } = wanted.as === 'part' ? wanted : { start: 0, end: size - 1 };
  const part: Record<string, string> = wanted.as === 'part' ? { 'content-range': `bytes ${start}-${end}/${size}` } : {};
  return {
    status: wanted.as === 'part' ? 206 : 200,
    headers: { ...told, ...part, 'x-content-length': String(end - start + 1) },
    send: method === 'GET' && size > 0 ? { start, end } : null,
  };
}
