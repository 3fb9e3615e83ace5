import { type Document, isMap, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { fold } from '@/lib/text/fold';
import { Trouble } from '@/lib/trouble';
import { ACCESS_WORDS, parseAccess } from './access';
import type { Access, VaultSettings } from './entry';
import { excludeProblem } from './exclude';
import { canonicalLanguage } from './known';
import { slugProblem } from './slug';

/** The file at a vault's root that holds its settings. */
export const SETTINGS_FILE = 'trastienda.yaml';

/** A settings file that cannot be used. `message` names the file, the line, the key and what is allowed. */
export class VaultSettingsError extends Trouble {
  override name = 'VaultSettingsError';
  constructor(
    readonly file: string,
    /** 1-based. */
    readonly line: number,
    readonly key: string | null,
    readonly problem: string,
    readonly allowed: string | null,
  ) {
    super(
      `${file}, line ${line}: ${key === null ? '' : `${key}: `}${problem}${allowed === null ? '' : `. Allowed: ${allowed}`}`,
      2,
    );
  }
}

/** What a vault without settings says. */
export const EMPTY_SETTINGS: VaultSettings = {
  title: null,
  description: null,
  language: null,
  access: null,
  folders: [],
  home: null,
  translations: {},
  strictLineBreaks: false,
  exclude: [],
};

const words = (max: number) =>
  z
    .string('must be text')
    .trim()
    .max(max, `is longer than ${max} characters`)
    .transform((text) => text || null);

const access = z.string('must be text').transform((text, context): Access => {
  const parsed = parseAccess(text);
  if (parsed) return parsed;
  context.addIssue({ code: 'custom', message: `"${text}" is no access`, params: { allowed: ACCESS_WORDS } });
  return z.NEVER;
});

const language = z.string('must be text').transform((text, context) => {
  if (text === '') return null;
  const canonical = canonicalLanguage(text);
  if (canonical) return canonical;
  context.addIssue({
    code: 'custom',
    message: `"${text}" is no language`,
    params: { allowed: 'a language tag such as es or en-GB' },
  });
  return z.NEVER;
});

const slug = z.string('must be text').superRefine((text, context) => {
  const problem = slugProblem(text);
  if (problem)
    context.addIssue({ code: 'custom', message: `"${text}": ${problem}`, params: { allowed: "another vault's slug" } });
});

const exclude = z.string('must be text').superRefine((text, context) => {
  const problem = excludeProblem(text);
  if (problem) context.addIssue({ code: 'custom', message: problem });
});

const folders = z.record(z.string(), access, 'must be a list of folder: access').transform((rules, context) => {
  const read = Object.entries(rules).map(([path, rule]) => ({
    path: path.normalize('NFC').replace(/^\.?\/+|\/+$/g, ''),
    access: rule,
  }));
  const twice = read.find((rule, i) => read.findIndex((other) => fold(other.path) === fold(rule.path)) !== i);
  if (twice) context.addIssue({ code: 'custom', message: `the folder "${twice.path}" has two rules` });
  return read;
});

/** An empty value means the same as no value. */
const Settings = z.strictObject({
  title: words(200).default(null),
  description: words(2000).default(null),
  language: language.default(null),
  access: z.union([z.literal('').transform(() => null), access]).default(null),
  folders: z.union([z.literal('').transform(() => []), folders]).default([]),
  home: words(1024).default(null),
  translations: z
    .union([z.literal('').transform(() => ({})), z.record(z.string(), slug, 'must be a list of language: slug')])
    .default({}),
  exclude: z.union([z.literal('').transform(() => []), z.array(exclude, 'must be a list of paths')]).default([]),
});

const KEYS = Object.keys(Settings.shape).join(', ');

/**
 * The settings in the text of a `trastienda.yaml`; '' says nothing. Values are taken as spelled (`title: 2024` is text). Throws
 * `VaultSettingsError`.
 */
export function parseSettings(text: string): VaultSettings {
  const counter = new LineCounter();
  const document = parseDocument(text, {
    schema: 'failsafe',
    lineCounter: counter,
    logLevel: 'silent',
    prettyErrors: false,
  });
  const [error] = document.errors;
  if (error)
    throw new VaultSettingsError(
      SETTINGS_FILE,
      counter.linePos(error.pos[0]).line,
      null,
      `not valid YAML: ${error.message}`,
      null,
    );
  if (document.contents === null || (!isMap(document.contents) && text.trim() === '')) return EMPTY_SETTINGS;
  const parsed = Settings.safeParse(toValue(document));
  if (parsed.success) return { ...EMPTY_SETTINGS, ...parsed.data };
  throw explain(parsed.error, document, counter);
}

function toValue(document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: 10 });
  } catch {
    throw new VaultSettingsError(SETTINGS_FILE, 1, null, 'uses too many aliases', null);
  }
}

function explain(error: z.ZodError, document: Document.Parsed, counter: LineCounter): VaultSettingsError {
  const issue = deepest(error.issues[0]);
  if (!issue) return new VaultSettingsError(SETTINGS_FILE, 1, null, 'is not valid', null);
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? '';
    return new VaultSettingsError(
      SETTINGS_FILE,
      lineOf([...issue.path, key], document, counter),
      key,
      'no such setting',
      KEYS,
    );
  }
  if (issue.path.length === 0)
    return new VaultSettingsError(SETTINGS_FILE, 1, null, 'must be a list of settings', KEYS);
  const allowed = issue.code === 'custom' && typeof issue.params?.allowed === 'string' ? issue.params.allowed : null;
  return new VaultSettingsError(
    SETTINGS_FILE,
    lineOf(issue.path, document, counter),
    issue.path.join(' → '),
    issue.message,
    allowed,
  );
}

/** Of a union's complaints, the one about the form the author attempted: the last, with its whole path. */
function deepest(issue: z.core.$ZodIssue | undefined): z.core.$ZodIssue | undefined {
  if (issue?.code !== 'invalid_union') return issue;
  const inner = deepest(issue.errors.at(-1)?.[0]);
  return inner ? { ...inner, path: [...issue.path, ...inner.path] } : issue;
}

function lineOf(path: readonly PropertyKey[], document: Document.Parsed, counter: LineCounter): number {
  const keys = path.map((key) => (typeof key === 'number' ? key : String(key)));
  const parent = document.getIn(keys.slice(0, -1), true);
  const pair = isMap(parent) ? parent.items.find((each) => String(each.key) === keys.at(-1)) : undefined;
  const node = pair ? pair.key : document.getIn(keys, true);
  const range =
    node !== null && typeof node === 'object' && 'range' in node && Array.isArray(node.range) ? node.range : null;
  return counter.linePos(typeof range?.[0] === 'number' ? range[0] : 0).line;
}
