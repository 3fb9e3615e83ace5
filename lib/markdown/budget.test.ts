import { describe, expect, it } from 'vitest';
import { compileNote } from './testing';

/** Generous, because the machine may be busy: what is not bounded takes hours. */
const LIMIT_MS = 60_000;

const repeated = (unit: string, length: number): string => unit.repeat(Math.ceil(length / unit.length));
const inLines = (unit: string, length: number): string => repeated(`${repeated(unit, 80)}\n`, length);

describe('hostile notes take bounded time', () => {
  it.each([
    ['a line of five megabytes', repeated('a** [[b ', 5_000_000)],
    ['a hundred thousand headings', repeated('# a\n', 400_000)],
    ['ten thousand underlined headings', repeated('a\n=\n', 40_000)],
    ['ten thousand quotes', repeated('> a\n\n', 50_000)],
    ['many closing brackets', inLines('a] ', 60_000)],
    ['many opening brackets', inLines('[[a [b ![[ ', 60_000)],
    ['many open comments', inLines('<!-- <? <![CDATA[ ', 60_000)],
    ['many marks', inLines('**a ==b ~~c _d $e ', 60_000)],
    ['many marks that only close', inLines('a** b== c~~ d_ e$ ', 60_000)],
    ['many backticks', Array.from({ length: 400 }, (_, index) => '`'.repeat(index + 1)).join(' ')],
    ['many half comments', repeated('a %% `b` <!-- \n\n', 100_000)],
    ['quotes in quotes', repeated('>', 20_000)],
    ['lists in lists', Array.from({ length: 300 }, (_, depth) => `${'  '.repeat(depth)}- a`).join('\n')],
    ['elements in elements', repeated('<div>', 20_000)],
    ['footnotes in footnotes', Array.from({ length: 500 }, (_, index) => `[^${index}]: a[^${index + 1}]`).join('\n')],
    ['deep formulas', `$$\n${repeated('\\frac{a}{', 9000)}\n$$`],
    ['wide formulas', `$$\n${repeated('\\def\\a{\\a\\a}\\a', 9000)}\n$$`],
    ['big diagrams', `\`\`\`mermaid\ngraph TD\n${repeated('A & B & C --> D & E\n', 5000)}\`\`\``],
    ['code for a slow grammar', `\`\`\`js\n${repeated('((((a', 30_000)}\n\`\`\``],
  ])(
    '%s',
    async (_, source) => {
      const note = await compileNote(source);
      expect(note.html).not.toBe('');
      for (const { line } of note.unsupported) expect(line).toBeGreaterThan(0);
    },
    LIMIT_MS,
  );
});
