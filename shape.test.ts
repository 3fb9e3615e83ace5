import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = import.meta.dirname;
const MADE = new Set(['node_modules', '.git', '.next', '.data', '.cache', 'test-results', 'playwright-report']);
const SPOKEN = /\.(?:tsx?|mjs|md|json|ya?ml|css|sh|sql|svg)$|^[^.]*$|^\.(?:npmrc|env\.example)$/;

/** Every file of the project by its path, what is made left out. */
const files = list('').filter((file) => !/\.tsbuildinfo$|^\.env$/.test(file));
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const source = files.filter((file) => /\.tsx?$/.test(file));
const isTest = (file: string) => /\.test\.tsx?$|\/testing\/|^db\/testing\.ts$|^e2e\//.test(file);
const product = source.filter((file) => !isTest(file));

function list(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = path.posix.join(folder, entry.name);
    if (entry.isDirectory()) return MADE.has(entry.name) ? [] : list(file);
    return [file];
  });
}

/** What a file imports of the project, as paths from the root, and which of it are types only. */
function importsOf(file: string): { from: string; typesOnly: boolean }[] {
  const found = read(file).matchAll(
    /^(?:import|export)\s+(type\s)?[^;'"]*?from\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm,
  );
  return [...found].flatMap(([, type, stated = '', dynamic = '']) => {
    const from = stated || dynamic;
    const own = from.startsWith('@/')
      ? from.slice(2)
      : from.startsWith('.')
        ? path.posix.join(path.dirname(file), from)
        : null;
    return own === null ? [] : [{ from: own, typesOnly: type !== undefined }];
  });
}

describe('imports go one way', () => {
  /** Which folders each may import from, besides itself. */
  const ALLOWED: Record<string, string[]> = {
    app: ['components', 'features', 'lib'],
    components: ['features', 'lib'],
    features: ['db', 'lib'],
    lib: [],
    db: ['lib'],
    server: ['db', 'features', 'lib'],
  };
  /** `next/font` is called where Next looks for fonts; the frame of every page wears them. */
  const EXCEPTIONS = new Set(['components/document.tsx → app/fonts']);

  it.each(Object.entries(ALLOWED))('%s', (folder, allowed) => {
    const wrong = product
      .filter((file) => file.startsWith(`${folder}/`))
      .flatMap((file) => importsOf(file).map(({ from }) => ({ from, arrow: `${file} → ${from}` })))
      .filter(({ from }) => ![folder, ...allowed].includes(from.split('/')[0] ?? ''))
      .map(({ arrow }) => arrow)
      .filter((arrow) => !EXCEPTIONS.has(arrow));
    expect(wrong).toEqual([]);
  });

  it('components know what a page shows, not how it is read', () => {
    const wrong = product
      .filter((file) => file.startsWith('components/'))
      .flatMap((file) => importsOf(file).map((each) => ({ ...each, file })))
      .filter(({ from, typesOnly }) => from.startsWith('features/') && !typesOnly && !from.endsWith('/href'));
    expect(wrong).toEqual([]);
  });

  it('nothing but tests imports what is for tests', () => {
    const wrong = product.flatMap((file) =>
      importsOf(file)
        .filter(({ from }) => isTest(`${from}.ts`))
        .map(({ from }) => `${file} → ${from}`),
    );
    expect(wrong).toEqual([]);
  });
});

describe('who may see what is asked first', () => {
  const asking = product.filter(
    (file) => file.startsWith('features/') && /import \{[^}]*\bdatabase\b/.test(read(file)),
  );
  /** Exported functions that answer without a viewer, and why. */
  const EXCEPTIONS = new Set([
    'allSiteLinks', // for the report of an import, which speaks to the vault's owner
    'pick', // chooses among what was read
    'findPerson', // finds out who the viewer is
  ]);

  it('every exported function of a file that reads the database takes a viewer first', () => {
    const asked = asking.flatMap((file) =>
      [...read(file).matchAll(/^export (?:async )?function\*? (\w+)[^(]*\(\s*(\w*)/gm)].map(
        ([, name = '', first = '']) => ({ name, first }),
      ),
    );
    expect(asked.length).toBeGreaterThan(10);
    expect(asked.filter(({ name, first }) => !/^_?viewer$/.test(first) && !EXCEPTIONS.has(name))).toEqual([]);
  });

  it('and selects notes and files only from what that viewer may read', () => {
    const wrong = asking.filter((file) => {
      const tables = /import \{([^}]*)\} from '@\/db\/schema'/.exec(read(file))?.[1] ?? '';
      return /\b(?:note|file|publicNote|publicFile)\b/.test(tables) && !file.endsWith('/site-links.ts');
    });
    expect(wrong).toEqual([]);
  });

  it('every server action asks who is there', () => {
    const wrong = product
      .filter((file) => read(file).startsWith("'use server';"))
      .flatMap((file) =>
        read(file)
          .split(/^export /m)
          .slice(1)
          .map((each) => `${file}: ${each}`),
      )
      .filter((each) => /: async function/.test(each) && !/await \w*[vV]iewer\(/.test(each));
    expect(wrong).toEqual([]);
  });
});

describe('the code', () => {
  it('has no untyped value and silences no checker', () => {
    const untyped =
      /\bas any\b|[:<,|(] ?any\b(?=\s*[[\]>,;=){|&])|@ts-(?:ignore|expect-error|nocheck)|biome-ignore-all/;
    const lines = source
      .filter((file) => file !== 'shape.test.ts')
      .flatMap((file) =>
        read(file)
          .split('\n')
          .map((line, i) => ({ line: line.replace(/\/\/.*|^\s*\*.*/, ''), at: `${file}:${i + 1}` })),
      );
    expect(lines.filter(({ line }) => untyped.test(line)).map(({ at, line }) => `${at} ${line.trim()}`)).toEqual([]);
  });

  it('has no file of more than 300 lines', () => {
    const long = product.filter(
      (file) => /^(?:lib|features|app|components|server|bin|db)\//.test(file) && read(file).split('\n').length > 301,
    );
    expect(long).toEqual([]);
  });

  it('has no drawer for what found no name', () => {
    const drawers = files.filter((file) => /(?:^|\/)(?:utils?|helpers?|misc|common)(?:\/|\.[^/]*$)/i.test(file));
    expect(drawers).toEqual([]);
  });
});

describe('what is written about it', () => {
  const pages = files.filter((file) => file === 'README.md' || /^docs\/.*\.md$/.test(file));
  const FOLDERS = files.flatMap((file) => (file.includes('/') ? [file.split('/')[0]] : []));

  it('names only paths that exist', () => {
    const wrong = pages.flatMap((page) => {
      const text = read(page);
      const spoken = [...text.matchAll(/`([\w.[\]()-]+\/[^`\s]*)`/g)].map(([, file = '']) => file.replace(/:\d+$/, ''));
      const own = spoken.filter((file) => FOLDERS.includes(file.split('/')[0] ?? '') && !/[<*…]/.test(file));
      const links = [...text.matchAll(/(?:\]\(|(?:src|srcset)=")(?!https?:)([^)#":\s]+)/g)].map(([, to = '']) =>
        path.posix.join(path.dirname(page), to),
      );
      return [...own, ...links].filter((file) => !existsSync(path.join(ROOT, file))).map((file) => `${page}: ${file}`);
    });
    expect(wrong).toEqual([]);
  });

  it('names no machine, no other registry, and not who was told to write what', () => {
    const machine = /\/(?:root|farm)\/|\/work\/|\/Users\/|localhost:4873/;
    const registry = /^\s*registry\s*=|"resolved": "https?:\/\/(?!registry\.npmjs\.org\/)/m;
    const told = /\b(?:sub-?agents?|co-authored-by|AI[- ](?:generated|written|assisted)|language models?)\b/i;
    const wrong = files
      .filter((file) => file !== 'shape.test.ts' && SPOKEN.test(path.basename(file)))
      .filter((file) => [machine, registry, told].some((pattern) => pattern.test(read(file))));
    expect(wrong).toEqual([]);
  });
});
