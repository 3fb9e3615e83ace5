import type { Translation } from '@/features/notes/page';
import { languageTag } from '@/lib/language/tag';

type Listed = { href: string; publishedAt: string; language: string; translations: Translation[] };
type Absolute = (path: string) => string;

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const SITEMAP = 'http://www.sitemaps.org/schemas/sitemap/0.9';

export function sitemapIndex(url: string, parts: number): string {
  const lines = Array.from({ length: parts }, (_, i) => `<sitemap><loc>${url}?part=${i + 1}</loc></sitemap>\n`);
  return `${HEAD}<sitemapindex xmlns="${SITEMAP}">\n${lines.join('')}</sitemapindex>\n`;
}

/** One file's worth of the addresses that come in batches, a chunk of text for each batch. */
export async function* sitemapPart(batches: AsyncIterable<Listed[]>, skip: number, take: number, absolute: Absolute) {
  yield `${HEAD}<urlset xmlns="${SITEMAP}" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n`;
  if (skip === 0) yield `<url><loc>${absolute('/')}</loc></url>\n`;
  let seen = 0;
  for await (const batch of batches) {
    const wanted = batch.slice(Math.max(0, skip - seen), Math.max(0, skip + take - seen));
    seen += batch.length;
    if (wanted.length > 0) yield wanted.map((each) => entry(each, absolute)).join('');
    if (seen >= skip + take) break;
  }
  yield '</urlset>\n';
}

function entry({ href, publishedAt, language, translations }: Listed, absolute: Absolute): string {
  const all = translations.length > 0 ? [{ language, href }, ...translations] : [];
  const links = all.map(
    (each) =>
      `<xhtml:link rel="alternate" hreflang="${escapeXml(languageTag(each.language))}" href="${escapeXml(absolute(each.href))}"/>`,
  );
  return `<url><loc>${escapeXml(absolute(href))}</loc><lastmod>${publishedAt}</lastmod>${links.join('')}</url>\n`;
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
