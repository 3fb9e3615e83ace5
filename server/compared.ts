/** `/compare/{mode}/{vault}/{path}`: the same note, made in each way. */
const COMPARED = /^\/compare\/(static|revalidated|partial|streamed|dynamic)(\/[^/].*)$/;

export type Compared = {
  mode: string;
  /** The note's own address. */
  page: string;
  /** The same bytes for everyone, whoever carries a session: the page never looks. */
  forEveryone: boolean;
};

/** What an address of the comparison compares; null for every other address. */
export function readCompared(path: string): Compared | null {
  if (!path.startsWith('/compare/')) return null;
  const [, mode, page] = COMPARED.exec(path) ?? [];
  if (mode === undefined || page === undefined) return null;
  return { mode, page, forEveryone: mode === 'static' || mode === 'revalidated' };
}

/** What is forgotten when these paths are: the comparison keeps its own renderings of the same notes. */
export function withCompared(paths: readonly string[]): string[] {
  const pages = paths.filter((path) => path !== '/' && !path.startsWith('/-/') && !/^\/sitemap[./]/.test(path));
  const list = paths.includes('/') ? ['/compare'] : [];
  return [...paths, ...list, ...pages.map((path) => `/compare/static${path}`)];
}
