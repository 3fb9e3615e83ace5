import { describe, expect, it } from 'vitest';
import { findBlock, findHeading } from './headings';
import { compileNote, show } from './testing';

describe('heading ids', () => {
  it('are readable, keep Unicode and are unique', async () => {
    const { outline } = await compileNote('## Más `código`!\n## Más código\n## Más código\n## ???\n## fn 1');
    expect(outline.map(({ id }) => id)).toEqual(['más-código', 'más-código-1', 'más-código-2', 'section', 'h-fn-1']);
  });

  it('stand where an embed can put its prefix', async () => {
    expect((await compileNote('## A')).html).toBe('<h2 id="\uFDD0P\uFDD1a">A</h2>\n');
  });
});

describe('the level of a heading', () => {
  it('is told to listeners without a gap, below the title of the page', async () => {
    const levels = async (...marks: string[]) =>
      [
        ...(await compileNote(marks.map((mark) => `${mark} x`).join('\n\n'))).html.matchAll(
          /<h(\d)[^>]*?(?: aria-level="(\d)")?>/g,
        ),
      ].map(([, depth, level]) => Number(level ?? depth));
    expect(await levels('##', '###', '##')).toEqual([2, 3, 2]);
    expect(await levels('###', '####', '###', '##')).toEqual([2, 3, 2, 2]);
    expect(await levels('##', '#####', '###')).toEqual([2, 3, 3]);
    expect(await levels('##', '#', '##')).toEqual([2, 2, 3]);
  });
});

describe('the title', () => {
  it('is the level-1 heading that opens the note, which leaves the text but can still be linked to', async () => {
    const { title, html, outline } = await compileNote('# A *b*\n\nc');
    expect([title, html]).toEqual(['A b', '<span id="\uFDD0P\uFDD1a-b"></span>\n<p>c</p>\n']);
    expect(outline).toMatchObject([{ depth: 1, text: 'A b', line: 1 }]);
  });

  it('is the property, and the heading stays if it says something else', async () => {
    const { title, html } = await compileNote('# A', { title: 'B' });
    expect([title, html]).toEqual(['B', '<h1 id="\uFDD0P\uFDD1a" aria-level="2">A</h1>\n']);
  });

  it('is not a heading further down', async () => {
    expect((await compileNote('x\n\n# A')).title).toBeNull();
  });
});

describe('sections', () => {
  it('end at the next heading of the same or a higher level, and before the footnotes', async () => {
    const { html, outline } = await compileNote('## A\na\n### B\nb[^1]\n## C\nc\n\n[^1]: n');
    const texts = outline.map(({ start, end }) => html.slice(start, end).replace(/<[^>]+>|[\uFDD0\uFDD1P\s]/g, ''));
    expect(texts).toEqual(['AaBb1', 'Bb1', 'Cc']);
  });

  it('are no sections inside quotes or raw HTML', async () => {
    expect((await compileNote('> ## A\n\n<div>\n\n## B\n\n</div>\n\n## C')).outline.map(({ text }) => text)).toEqual([
      'C',
    ]);
  });
});

describe('a link to a heading', () => {
  it('may leave out its punctuation, when no heading is named exactly', async () => {
    const { outline } = await compileNote('## Why so?\n## ¡Hola, Ada!\n## ???');
    const line = (fragment: string) => findHeading(outline, fragment)?.line ?? null;
    expect([line('Why so'), line('hola ada'), line('!!!'), line('Why')]).toEqual([1, 2, null, null]);
  });

  it('goes by its text: not by case, spaces nor what a link cannot hold', async () => {
    const note =
      '## A  *b*: `c`\n## C# and | F^2\n## [[x|Link]] 🚀\n## Twice\n### Below\n## Other\n### Below\n## Twice';
    const { outline } = await compileNote(note);
    const line = (fragment: string) => findHeading(outline, fragment)?.line ?? null;
    expect(line('a b c')).toBe(1);
    expect(line('A *b*: `c`')).toBe(1);
    expect(line('C# and | F^2')).toBe(2);
    expect(line('C and F 2')).toBe(2);
    expect(line('link 🚀')).toBe(3);
    expect(line('Twice')).toBe(4);
    expect(line('Below')).toBe(5);
    expect(line('Other#Below')).toBe(7);
    expect(line('Other#Twice')).toBeNull();
    expect(line('nothing')).toBeNull();
    expect(line('')).toBeNull();
  });
});

describe('block ids', () => {
  it.each([
    ['a ^id', '<p id="block-id">a</p>'],
    ['a\n^id', '<p id="block-id">a</p>'],
    ['> a ^id', '<blockquote id="block-id">\n<p>a</p>\n</blockquote>'],
    ['> a\n\n^id', '<blockquote id="block-id">\n<p>a</p>\n</blockquote>'],
    ['- a ^id\n  - b', '<li id="block-id">a\n<ul>\n<li>b</li>\n</ul>\n</li>'],
    ['- a\n- b\n\n^id', '<ul id="block-id">\n<li>a</li>\n<li>b</li>\n</ul>'],
    ['```\na\n```\n\n^id', '<div id="block-id" class="code"><pre tabindex="0"><code>a</code></pre></div>'],
    ['> [!tip]\n> a\n\n^ID', '<div id="block-id" class="callout"'],
    ['| a |\n|---|\n^id', '<div id="block-id" class="table"'],
    ['| a |\n|---|\n\n^id', '<div id="block-id" class="table"'],
    ['![[a.png]]\n\n^id', '<span id="block-id"></span><p><img'],
  ])('%j', async (source, html) => {
    const shown = await show(source);
    expect(shown).toContain(html);
    expect(shown).not.toMatch(/\^id/i);
    const { blocks, html: compiled } = await compileNote(source);
    const block = findBlock(blocks, '^Id');
    expect(block?.id).toBe('block-id');
    expect(compiled.slice(block?.start, block?.end)).toContain('block-id');
  });

  it.each(['a \\^id', 'a ^id b', 'a^id', '`a ^id`'])('%j names nothing', async (source) => {
    expect((await compileNote(source)).blocks).toEqual({});
  });

  it('named like a property of every object are only names', async () => {
    expect(findBlock((await compileNote('a')).blocks, '^constructor')).toBeNull();
    expect(findBlock((await compileNote('a ^constructor')).blocks, '^constructor')).not.toBeNull();
  });
});
