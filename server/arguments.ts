import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Trouble } from '@/lib/trouble';
import { slugOf, slugProblem } from '@/lib/vault/slug';

export const ACCESS = ['public', 'members', 'private'] as const;
export type Access = (typeof ACCESS)[number];
/** One folder to publish, and how. Without `access`, the folder's own settings decide. */
export type Order = { folder: string; slug: string; access?: Access };

/**
 * What to publish: the bundled vaults of `content/`, then the folder on the command line, which is relative to where the
 * command was typed. Throws {@link Trouble}.
 */
export function readOrders(args: string[], root: string, typedIn = process.cwd()): Order[] {
  const bundled = bundledVaults(path.join(root, 'content'));
  const asked = readOrder(args, typedIn);
  if (!asked) return bundled;
  const same = bundled.find(({ slug }) => slug === asked.slug);
  if (same && same.folder !== asked.folder) {
    throw wrong(
      `The address /${asked.slug} belongs to a bundled vault. Choose another: npm start -- ${JSON.stringify(asked.folder)} --vault other-name`,
    );
  }
  return [...bundled.filter((order) => order !== same), asked];
}

function bundledVaults(content: string): Order[] {
  if (!existsSync(content)) return [];
  return readdirSync(content)
    .sort()
    .filter((name) => existsSync(path.join(content, name, 'trastienda.yaml')))
    .map((name) => ({ folder: path.join(content, name), slug: name }));
}

function readOrder(args: string[], typedIn: string): Order | null {
  const { values, positionals } = parse(args);
  const [given, ...more] = positionals;
  if (more.length > 0)
    throw wrong(
      `Only one folder can be published at a time, and these are ${positionals.length}: ${positionals.join(', ')}.`,
    );
  if (given === undefined) {
    if (values.vault !== undefined || values.access !== undefined)
      throw wrong('Say which folder to publish: npm start -- <folder>');
    return null;
  }
  const folder = path.resolve(typedIn, given);
  if (!existsSync(folder)) throw wrong(`There is no folder ${folder}.`);
  if (!statSync(folder).isDirectory()) throw wrong(`${folder} is a file; a folder of notes is needed.`);
  const slug = values.vault ?? slugOf(path.basename(folder));
  const problem = slugProblem(slug);
  if (problem) throw wrong(`"${slug}" cannot be a vault's address: ${problem}.`);
  const access = ACCESS.find((name) => name === values.access);
  if (values.access !== undefined && !access)
    throw wrong(`--access is one of ${ACCESS.join(', ')}, not "${values.access}".`);
  return { folder, slug, access };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: { vault: { type: 'string' }, access: { type: 'string' } },
    });
  } catch (error) {
    throw wrong(`${error instanceof Error ? error.message.split('. ')[0] : error}. See npm start -- --help`);
  }
}

const wrong = (sentence: string) => new Trouble(sentence, 2);
