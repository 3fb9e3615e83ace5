/** A path of this site, whatever was asked: `//elsewhere`, `/\elsewhere` and `https:…` all lead elsewhere. */
export function safePath(to: string): string {
  const base = 'http://own.invalid';
  if (!URL.canParse(to, base)) return '/';
  const url = new URL(to, base);
  return url.origin === base && !url.pathname.startsWith('//') ? url.pathname + url.search : '/';
}
