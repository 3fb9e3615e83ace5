import type { Answer } from './http';
import type { Site } from './site';

export type Crawled = { path: string; answer: Answer; from: string };
type Found = { href: string; from: string };

/** Addresses whose bytes say nothing about links, or cost much to make. */
const NOT_OPENED = /^\/(?:_next|files|compare)\/|\/-\/og(?:\/|$)/;
/** There is a new one at every visit. */
const ENDLESS = /^\/xray\/(?:of\/|[0-9a-f]{32})/;
/** A start tag, as React and the renderer write them. */
const TAG = /<[a-z][a-z0-9-]*(?:\s+[^\s"'<>/=]+(?:="[^"]*")?)+\s*\/?>/gi;
const AT_ONCE = 4;

/** Every address of the site that can be reached from its home, its sitemap and its feeds, each asked once. */
export async function crawl(site: Site, starts = ['/', '/sitemap.xml']): Promise<Map<string, Crawled>> {
  const seen = new Map<string, Crawled>();
  let waiting: Found[] = starts.map((href) => ({ href, from: '' }));
  while (waiting.length > 0) {
    const fresh = new Map(waiting.map((found) => [found.href, found]));
    const next: Found[] = [];
    const queue = [...fresh.values()].filter(({ href }) => !seen.has(href) && !ENDLESS.test(href));
    const work = async () => {
      for (let found = queue.shift(); found; found = queue.shift()) {
        const { href: path, from } = found;
        const answer = await site.ask(path);
        seen.set(path, { path, answer, from });
        next.push(...linksIn(site, path, answer).map((href) => ({ href: withoutFragment(href), from: path })));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    waiting = next;
  }
  return seen;
}

/** The addresses of this site that an answer refers to, with their fragments. */
export function linksIn(site: Site, path: string, { status, headers, text }: Answer): string[] {
  const type = String(headers['content-type'] ?? '');
  if (NOT_OPENED.test(path) || status !== 200 || !/html|xml/.test(type)) return [];
  const found = type.includes('html')
    ? [...attributes(text, 'href'), ...attributes(text, 'src')]
    : [...text.matchAll(/<loc>([^<]+)<|\shref="([^"]+)"/g)].map(([, loc, href]) => loc ?? href ?? '');
  return found.flatMap((href) => {
    const plain = href.replaceAll('&amp;', '&').replaceAll('&#x27;', "'").replaceAll('&#39;', "'");
    const url = URL.canParse(plain, site.url + path) ? new URL(plain, site.url + path) : null;
    return url?.origin === site.url ? [url.pathname + url.search + url.hash] : [];
  });
}

/** The ids of a page's elements, in their order. */
export const idsOf = ({ text }: Answer): string[] => attributes(text, 'id').map((id) => id.replaceAll('&amp;', '&'));

export const isPage = ({ answer }: Crawled): boolean =>
  answer.status === 200 && String(answer.headers['content-type']).startsWith('text/html');

function attributes(html: string, name: string): string[] {
  const markup = html.replace(/<script\b[^>]*>[\s\S]*?<\/script>/g, '');
  const value = new RegExp(`\\s${name}="([^"]*)"`, 'i');
  return [...markup.matchAll(TAG)].flatMap(([tag]) => value.exec(tag)?.[1] ?? []);
}

const withoutFragment = (href: string) => href.replace(/#.*$/s, '');
