import { describe, expect, it } from 'vitest';
import { compileNote, show } from './testing';

const report = async (source: string) => (await compileNote(source)).unsupported;

describe('formulas', () => {
  it.each(['$a^2$', 'x $$a$$ y', '- $a$', '| a |\n|---|\n| $a$ |', '> [!tip] $a$', '==$a$=='])('%j', async (source) => {
    expect(await show(source)).toMatch(/<math /);
  });

  it.each(['$5 and $10', '$ a $', 'a$', '\\$a$', '`$a$`', 'US$20,000 and USD$30'])('%j is none', async (source) => {
    expect(await show(source)).not.toContain('<math');
  });

  it('are found after prices', async () => {
    expect(await show('$5, $10 and $x$')).toMatch(/^<p>\$5, \$10 and <span class="math"><math/);
  });

  it.each(['$$\na\n- b\n$$', '> $$\n> a\n> - b\n> $$', 'x\n$$\na\n- b\n$$', '- x\n  $$\n  a\n  - b\n  $$'])(
    'on lines of their own hold anything: %j',
    async (source) => {
      expect(await show(source)).toMatch(/<div class="math-block" tabindex="0"><math [\s\S]*>a\n- b<\/annotation>/);
    },
  );

  it('may hold blank lines', async () => {
    expect(await show('$$\na\n\nb\n$$')).toMatch(/<mi>a<\/mi><mi>b<\/mi>/);
    expect(await show('$$\na\n\nb')).toBe('<p>$$<br>\na</p>\n<p>b</p>');
  });

  it('that are wrong show their source', async () => {
    expect(await show('$\\frac{<b>$')).toBe('<p><code class="math-error">$\\frac{&lt;b&gt;$</code></p>');
    expect(await show('$$\n\\nope\n$$')).toBe('<pre class="math-error" tabindex="0"><code>\\nope</code></pre>');
  });

  it('can neither link, nor style, nor go on for ever', async () => {
    const tex = [
      '\\href{javascript:alert(1)}{a}',
      '\\htmlStyle{color:red}{a}',
      '\\def\\a{\\a\\a}\\a',
      '\\rule{9999em}{9999em}',
    ];
    const html = await show(tex.map((each) => `$${each}$`).join('\n\n'));
    expect(html).not.toMatch(/<a |href="|style="|="9999em/);
  });
});

describe('code', () => {
  it('has its tokens in classes', async () => {
    expect(await show('```js title="x" {1,3}\nconst a = "<b>";\n```')).toBe(
      '<div class="code" data-lang="js"><pre tabindex="0"><code><span class="tok-keyword">const</span> <span class="tok-constant">a</span> ' +
        '<span class="tok-keyword">=</span> <span class="tok-string">&quot;&lt;b&gt;&quot;</span>;</code></pre></div>',
    );
  });

  it.each(['nobody-knows', '__proto__', '+++', 'a"onclick="x'])('in the language %j is plain', async (language) => {
    expect(await show(`\`\`\`${language}\n<a>\n\`\`\``)).toContain('<pre tabindex="0"><code>&lt;a&gt;</code></pre>');
  });
});

describe('diagrams', () => {
  it('are drawn, with their source beside', async () => {
    const html = await show('```mermaid\ngraph TD\nA-->B["⨳ b"]\nclass A,B internal-link;\n```');
    expect(html).toMatch(/^<figure class="diagram" data-kind="graph"><div class="diagram-picture" tabindex="0"><svg /);
    expect(html.match(/<rect/g)).toHaveLength(2);
    expect(html).toContain('<details><summary>Source of the diagram</summary><pre tabindex="0"><code>graph TD');
    expect(html).not.toMatch(/<style|style=|@import|https?:\/\/(?!www\.w3\.org)/);
  });

  it('have ids of their own', async () => {
    const html = await show('```mermaid\ngraph TD\nA-->B\n```\n\n```mermaid\ngraph TD\nA-->C\n```');
    const ids = [...html.matchAll(/ id="([^"]*)"/g)].map((match) => match[1]);
    expect(ids).toHaveLength(4);
    expect(new Set(ids).size).toBe(4);
    for (const [, id] of html.matchAll(/url\(#([^)]*)\)/g)) expect(ids).toContain(id);
  });

  it.each([
    ['gantt\ntitle x', 'mermaid:gantt'],
    ['graph TD\n'.concat('A-->B\n'.repeat(1000)), 'mermaid:graph'],
    ['xychart-beta\nx-axis 0 --> 1000000000\nbar [1]', 'mermaid:xychart-beta'],
    ['', 'mermaid:unknown'],
  ])('that cannot be drawn show their source: %#', async (source, kind) => {
    expect(await report(`\`\`\`mermaid\n${source}\n\`\`\``)).toEqual([{ line: 1, kind }]);
    expect(await show(`\`\`\`mermaid\n${source}\n\`\`\``)).toContain(`data-kind="${kind}"`);
  });
});

describe('what plugins do in Obsidian', () => {
  it.each([
    ['```dataview\nLIST\n```', 'dataview'],
    ['```dataviewjs\nalert(1)\n```', 'dataviewjs'],
    ['```base\nviews: []\n```', 'base'],
    ['```query\ntag:#x\n```', 'query'],
    ['```tasks\nnot done\n```', 'tasks'],
    ['```ad-note\ntext\n```', 'admonition'],
    ['`$= dv.pages()`', 'dataviewjs'],
    ['`= this.file.name`', 'dataview'],
    ['<% tp.date.now() %>', 'templater'],
    ['<iframe src="https://example.org/x"></iframe>', 'iframe'],
  ])('%j is reported, and its source shown', async (source, kind) => {
    expect(await report(`x\n\n${source}`)).toEqual([{ line: 3, kind }]);
  });

  it('leaves inline fields as text', async () => {
    expect(await show('key:: value')).toBe('<p>key:: value</p>');
  });

  it('never shows the JSON of a drawing', async () => {
    const source =
      '---\nexcalidraw-plugin: parsed\n---\n# Text Elements\nx ^abc\n%%\n## Drawing\n```compressed-json\nN4KA\n```\n%%';
    const note = await compileNote(source, { bodyStart: 34, bodyLine: 4 });
    expect(note.html).toMatch(/^<div class="unsupported" data-kind="excalidraw">/);
    expect(note.html + note.text).not.toMatch(/N4KA|Text Elements/);
    expect(note.unsupported).toEqual([{ line: 1, kind: 'excalidraw' }]);
  });

  it('reports boards, which are lists', async () => {
    const note = await compileNote('---\nkanban-plugin: board\n---\n## A\n\n- [ ] b\n', { bodyStart: 31, bodyLine: 4 });
    expect(note.unsupported).toEqual([{ line: 1, kind: 'kanban' }]);
    expect(note.html).toContain('task-list');
  });
});

describe('HTML', () => {
  it('keeps words and structure, not looks', async () => {
    expect(
      await show('<p style="color:red" class="fixed" align="center">a <kbd onclick="x()">b</kbd> <u>c</u></p>'),
    ).toBe('<p>a <kbd>b</kbd> <u>c</u></p>');
  });

  it('is Markdown again after a blank line', async () => {
    expect(await show('<div>\n**a**\n\n**b**\n\n</div>\n\nc')).toBe(
      '<div>\n**a**\n<p><strong>b</strong></p>\n</div>\n<p>c</p>',
    );
  });

  it('shows a player as a link', async () => {
    expect(await show('<iframe src="https://www.youtube.com/embed/abc_123-x?t=1"></iframe>')).toBe(
      '<a class="external embed-card" href="https://www.youtube.com/watch?v=abc_123-x" rel="noopener noreferrer">youtube.com/watch?v=abc_123-x</a>',
    );
  });

  it('has its ids apart from ours', async () => {
    expect(await show('<h2 id="a">x</h2>')).toBe('<h2 id="user-content-a">x</h2>');
  });
});
