/** First segments of the site's own addresses, which no vault may take. */
export const RESERVED_SLUGS: ReadonlySet<string> = new Set([
  '-',
  '_next',
  'account',
  'api',
  'compare',
  'files',
  'forgotten',
  'healthz',
  'reader',
  'reading',
  'readyz',
  'robots.txt',
  's',
  'search',
  'setup',
  'signin',
  'signout',
  'signup',
  'sitemap.xml',
  'studio',
  'xray',
]);

export const SLUG_MAX = 63;

/** A slug for a vault from its folder's name: `Química 2º` → `quimica-2o`. Always valid; `vault` when no Latin letter is left. */
export function slugOf(folderName: string): string {
  const plain = folderName.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const slug = trim(plain.replace(/ß/g, 'ss').replace(/[^a-z0-9]+/g, '-')).slice(0, SLUG_MAX);
  if (slug === '') return 'vault';
  return RESERVED_SLUGS.has(slug) ? `${slug}-notes` : trim(slug);
}

function trim(slug: string): string {
  return slug.replace(/^-+|-+$/g, '');
}

/** What is wrong with a slug, in words, or null. */
export function slugProblem(slug: string): string | null {
  if (RESERVED_SLUGS.has(slug)) return `"${slug}" is an address of the site itself`;
  if (slug.length > SLUG_MAX) return `longer than ${SLUG_MAX} characters`;
  if (!/^[a-z0-9][a-z0-9-]*$/.test(slug))
    return 'only a-z, 0-9 and - are allowed, and it begins with a letter or a digit';
  if (slug.endsWith('-')) return 'it may not end with -';
  return null;
}
