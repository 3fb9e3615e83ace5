/** The site's public address without a slash at the end. Read when a page is made, never when the site is built. */
export function siteUrl(): string {
  return new URL(process.env.SITE_URL || `http://localhost:${process.env.PORT || 3000}`).origin;
}

export function absolute(path: string): string {
  return `${siteUrl()}${path}`;
}

/** A path from a route's segments, which come percent-encoded. Null when an escape is malformed. */
export function decodePath(segments: string[] = []): string | null {
  try {
    return segments.map(decodeURIComponent).join('/');
  } catch {
    return null;
  }
}

/** Whether two addresses of this site are the same page, however each is percent-encoded. */
export function samePath(one: string, other: string): boolean {
  return decodePath(one.split('/')) === decodePath(other.split('/'));
}
