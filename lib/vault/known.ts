import { fold } from '@/lib/text/fold';
import type { Problem } from './frontmatter';
import type { Property } from './property';

/** The same note elsewhere: `target` as written without `.md`; `language` when the author said which. */
export type Translated = { language: string | null; target: string };

/** The properties that Trastienda itself understands. Null or empty: not there, or not usable (then a problem says so). */
export type Known = {
  title: string | null;
  description: string | null;
  /** Vault path, name or URL (`image`, `cover`), without `[[ ]]`. */
  image: string | null;
  /** Without `#`, first spelling. */
  tags: string[];
  aliases: string[];
  cssclasses: string[];
  /** Null: nothing said. Whatever is neither true nor false counts as false. */
  publish: boolean | null;
  /** As written; `decideAccess` judges it. */
  access: string | null;
  permalink: string | null;
  /** As written, a date or a date with time. */
  created: string | null;
  updated: string | null;
  /** BCP 47, canonical. */
  lang: string | null;
  id: string | null;
  order: number | null;
  translations: Translated[];
};

const KEYS = {
  title: ['title'],
  description: ['description'],
  image: ['image', 'cover'],
  tags: ['tags', 'tag'],
  aliases: ['aliases', 'alias'],
  cssclasses: ['cssclasses', 'cssclass'],
  publish: ['publish'],
  access: ['access'],
  permalink: ['permalink'],
  created: ['created', 'date'],
  updated: ['updated', 'modified'],
  lang: ['lang', 'language'],
  id: ['id'],
  order: ['order'],
  translations: ['translations', 'translation'],
  unlisted: ['unlisted'],
  show: ['show'],
} as const;

/** Keys, in lower case, that steer publishing and are never shown as a note's own properties. */
export const STEERING_KEYS: ReadonlySet<string> = new Set(Object.values(KEYS).flat());

/**
 * The properties a reader is shown: those the note lists in its `show` property, since others may be private (V18). Steering
 * keys and nested objects never.
 */
export function shownProperties(properties: readonly Property[]): Property[] {
  const listed = new Set(find(properties, KEYS.show).flatMap(commaList).map(fold));
  return properties.filter(
    ({ key, kind, value }) =>
      listed.has(fold(key)) && !STEERING_KEYS.has(key.toLowerCase()) && kind !== 'object' && value.length > 0,
  );
}

/** Reads the known properties out of all of them. Old singular forms are added to the new ones. */
export function readKnown(properties: readonly Property[]): { known: Known; problems: Problem[] } {
  const problems: Problem[] = [];
  const get = (name: keyof typeof KEYS) => find(properties, KEYS[name]);
  const complain = (property: Property, problem: string) => {
    problems.push({ problem: `${property.key}: ${problem}`, line: property.line });
    return null;
  };
  const known: Known = {
    title: first(get('title')),
    description: first(get('description')),
    image:
      first(get('image'))
        ?.replace(/^!?\[\[([^\]|#]+).*\]\]$/s, '$1')
        .trim() || null,
    tags: distinct(get('tags').flatMap(spaceList).map(tag)).filter((each) => /[^\d/]/.test(each)),
    aliases: distinct(get('aliases').flatMap(commaList)),
    cssclasses: distinct(get('cssclasses').flatMap(spaceList)).filter((each) => /^[A-Za-z_-][\w-]{0,63}$/.test(each)),
    publish: readPublish(get('publish')[0], complain),
    access: readAccess(get('access')[0]),
    permalink: first(get('permalink')),
    created: get('created').map(dateOf).find(Boolean) ?? null,
    updated: get('updated').map(dateOf).find(Boolean) ?? null,
    lang: readLanguage(get('lang')[0], complain),
    id: first(get('id')),
    order: readOrder(get('order')[0], complain),
    translations: get('translations').flatMap(readTranslations),
  };
  const [unlisted] = get('unlisted').filter(({ value }) => !/^(false|no|off|0)$/i.test(value[0] ?? ''));
  if (unlisted) complain(unlisted, 'a note is listed wherever it may be read; to close it, say access: private');
  return { known, problems };
}

type Complain = (property: Property, problem: string) => null;

function find(properties: readonly Property[], keys: readonly string[]): Property[] {
  return keys.flatMap((key) =>
    properties.filter((property) => property.key.toLowerCase() === key && property.value.length > 0),
  );
}

/** The first usable single value. */
function first(properties: Property[]): string | null {
  const property = properties.find(({ kind }) => kind !== 'object');
  return property?.value[0]?.trim() || null;
}

function commaList({ kind, value }: Property): string[] {
  if (kind === 'object') return [];
  const single = value.length === 1 && kind !== 'list';
  return value
    .flatMap((each) => (single ? each.split(',') : [each]))
    .map((each) => each.trim())
    .filter(Boolean);
}

function spaceList(property: Property): string[] {
  return commaList(property)
    .flatMap((each) => each.split(/[\s,]+/))
    .filter(Boolean);
}

function tag(text: string): string {
  return text.replace(/^#+/, '').replace(/^\/+|\/+$/g, '');
}

function distinct(values: string[]): string[] {
  const seen = new Map<string, string>();
  for (const value of values) if (value !== '' && !seen.has(fold(value))) seen.set(fold(value), value);
  return [...seen.values()];
}

function readPublish(property: Property | undefined, complain: Complain): boolean | null {
  if (!property) return null;
  const value = property.value.join(', ').trim().toLowerCase();
  if (value === 'true') return true;
  if (!/^(false|no|off|0)$/.test(value))
    complain(property, `"${value}" is neither true nor false; the note stays private`);
  return false;
}

function readAccess(property: Property | undefined): string | null {
  return property ? property.value.join(', ').trim() : null;
}

function dateOf({ kind, value }: Property): string | null {
  return kind === 'date' || kind === 'datetime' ? (value[0] ?? null) : null;
}

function readLanguage(property: Property | undefined, complain: Complain): string | null {
  const value = property?.value[0]?.trim();
  if (!property || !value) return null;
  return canonicalLanguage(value) ?? complain(property, `"${value}" is not a language such as es or en-GB`);
}

/** A BCP 47 tag in its canonical form, or null when it is none. */
export function canonicalLanguage(tag: string): string | null {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    return null;
  }
}

function readOrder(property: Property | undefined, complain: Complain): number | null {
  if (!property) return null;
  const order = Number(property.value[0]);
  return Number.isFinite(order) ? order : complain(property, 'not a number');
}

function readTranslations({ kind, value }: Property): Translated[] {
  if (kind !== 'object')
    return value.map((each) => ({ language: null, target: bare(each) })).filter((each) => each.target !== '');
  const source = value[0] ?? '';
  const lines = source.startsWith('{') ? source.slice(1, -1).split(/[\n,]/) : source.split('\n');
  return lines.flatMap((line) => {
    const pair = /^\s*["']?([A-Za-z0-9-]+)["']?\s*:\s*(.+?)\s*$/.exec(line);
    return pair ? [{ language: canonicalLanguage(pair[1] ?? ''), target: bare(pair[2] ?? '') }] : [];
  });
}

function bare(target: string): string {
  return target
    .trim()
    .replace(/^["']|["']$/g, '')
    .replace(/^\[\[|\]\]$/g, '')
    .replace(/\|.*$/, '')
    .replace(/^\/+/, '')
    .replace(/\.md$/i, '')
    .normalize('NFC')
    .trim();
}
