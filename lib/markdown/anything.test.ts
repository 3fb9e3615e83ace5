import fc from 'fast-check';
import { toHtml } from 'hast-util-to-html';
import { describe, expect, it } from 'vitest';
import type { Compiled } from './compiled';
import { dangersIn, readHtml, wellKnown } from './dangers';
import { render } from './render';
import { clean } from './sanitize';
import { compileNote, everything } from './testing';
import { NOTE_WORDS } from './words';

const OPEN = /\uFDD0([A-Z])/g;
const markdown = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc
    .array(
      fc.constantFrom(
        ...'[[ ]] ![[ %% == $ $$ ** _ ` ``` ~~~ # | \\ \n > [! ] - ^ ^[ <div> </div> <a> <!-- --> &#xFDD0; \uFDD0 \uFDD1 \0 L0 E0 a'.split(
          ' ',
        ),
        ' ',
        '\n',
        '\n\n',
      ),
      { maxLength: 60 },
    )
    .map((parts) => parts.join('')),
);

function marksOf({ html }: Compiled): string[] {
  return [...html.matchAll(/\uFDD0([^\uFDD0\uFDD1]*)\uFDD1/g)].map((match) => match[1] ?? '');
}

describe('any text at all', () => {
  it('compiles to slots that are its own and balanced', async () => {
    await fc.assert(
      fc.asyncProperty(markdown, async (source) => {
        const note = await compileNote(source);
        const marks = marksOf(note);
        expect(note.html.match(OPEN)?.length ?? 0).toBe(marks.filter((mark) => !mark.startsWith('/')).length);
        expect(note.html.replace(/\uFDD0[^\uFDD0\uFDD1]*\uFDD1/g, '')).not.toMatch(/[\uFDD0\uFDD1\0]/);
        const open: string[] = [];
        for (const mark of marks) {
          expect(mark).toMatch(/^(?:\/?L\d+|E\d+|P|[GI].*|W:[\w-]+)$/);
          if (/^L/.test(mark)) open.push(mark);
          if (mark.startsWith('/')) expect(open.pop()).toBe(mark.slice(1));
          if (/^[LE]\d/.test(mark)) expect(note.slots[Number(mark.slice(1))]).toBeDefined();
        }
        expect(open).toEqual([]);
        expect(note.unsupported.map(({ kind }) => kind)).not.toContain('too-complex');
        const shown = render(note, everything, { words: NOTE_WORDS.es });
        expect(shown).not.toMatch(/[\uFDD0\uFDD1\0]/);
        expect(dangersIn(shown)).toEqual([]);
        for (const { start, end } of [...note.outline, ...Object.values(note.blocks)]) {
          expect(start).toBeLessThanOrEqual(end);
          expect(end).toBeLessThanOrEqual(note.html.length);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('is as clean after one cleaning as after two', () => {
    fc.assert(
      fc.property(fc.constantFrom(...wellKnown), fc.string(), (payload, rest) => {
        const tree = readHtml(payload + rest);
        if (tree.type !== 'root') return;
        const once = clean(tree);
        expect(toHtml(clean(once))).toBe(toHtml(once));
      }),
    );
  });
});

describe('a line too long to be read as Markdown', () => {
  const long = `${'[[x]] <b> '.repeat(5000)}end`;

  it.each([
    (line: string) => line,
    (line: string) => `# a\n\n\`\`\`js\n${line}\n\`\`\``,
    (line: string) => `    ${line}\n`,
    (line: string) => `$$\n${line}\n$$`,
    (line: string) => `[a\n${line}\nb](c) ![a\n${line}](d.png) ![a\n${line}](https://example.org/)`,
    (line: string) => `a ^[b] \`c\n${line}\n\` **d\n${line}\n** %%e%%`,
    (line: string) => `<div title="\n${line}\n">\n${line}\n</div>\n\n> [!tip] a\n> b`,
    (line: string) => `a\n${line}\n===\n\n\`\`\`mermaid\n${line}\n\`\`\``,
  ])('is plain text wherever it stands: %#', async (form) => {
    const note = await compileNote(form(long));
    expect(note.html).not.toMatch(/\uFDD0[THBZ]/);
    expect(JSON.stringify([note.text, note.outline, note.slots])).not.toMatch(/[\uFDD0\uFDD1]/);
    const shown = render(note, everything, { words: NOTE_WORDS.en, externalImages: 'direct' });
    expect(shown).not.toMatch(/[\uFDD0\uFDD1]|<b>/);
  });
});

describe('characters that mark slots', () => {
  it.each([
    '\uFDD0L0\uFDD1',
    '&#xFDD0;E0&#xFDD1;',
    '<b title="&#64976;E0&#64977;">&#xfdd0;E0&#xfdd1;</b>',
    '`\uFDD0P\uFDD1`',
    '\0',
  ])('are replaced where an author writes them: %j', async (source) =>
    expect((await compileNote(source)).html).not.toMatch(/[\uFDD0\uFDD1\0]/),
  );
});
