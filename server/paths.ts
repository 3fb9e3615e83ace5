/** Longer addresses are refused. */
const URL_MAX = 4_096;
const PLAIN = /^[A-Za-z0-9/._~-]*$/;

export type Target = {
  /** The path in one spelling: the same for every way of escaping it. */
  path: string;
  /** With its `?`, or ''. */
  query: string;
};

/** Takes apart what a request asks for, or says with which status to refuse it. */
export function readTarget(url: string | undefined): Target | { status: 400 | 414 } {
  if (!url || url.length > URL_MAX) return { status: url ? 414 : 400 };
  // Proxies ask with a whole address; only the path counts, the host is the Host header's
  const local = url.startsWith('/') ? url : /^https?:\/\/[^/?#]*(\/.*)?$/i.exec(url)?.[1];
  if (!local) return { status: 400 };
  const mark = local.indexOf('?');
  const raw = mark < 0 ? local : local.slice(0, mark);
  const path = canonicalPath(raw);
  return path === null ? { status: 400 } : { path, query: mark < 0 ? '' : local.slice(mark) };
}

/** One spelling for all escapings of a path; null when its escapes are no text. */
export function canonicalPath(path: string): string | null {
  if (PLAIN.test(path)) return path;
  try {
    const segments = path.split('/').map(decodeURIComponent);
    if (segments.some((segment) => /[\u0000-\u001f\u007f]/.test(segment))) return null;
    return segments.map(encodeURIComponent).join('/');
  } catch {
    return null;
  }
}

/** The same for a path of a change, whose `/*` at the end stands for everything below. */
export const canonicalChange = (path: string): string =>
  path.endsWith('/*') ? `${canonicalPath(path.slice(0, -2)) ?? ''}/*` : (canonicalPath(path) ?? path);

/** The first segment of a path, without slashes. */
export const firstSegment = (path: string): string => path.split('/', 2)[1] ?? '';
