import { describe, expect, it } from 'vitest';
import { compileNote, show } from './testing';

describe('highlights', () => {
  it.each([
    ['==a **b** c==', '<mark>a <strong>b</strong> c</mark>'],
    ['==a [[n|l]] b==', '<mark>a <a class="internal" href="/n/n" data-note="/n/n">l</a> b</mark>'],
    ['**==a==**', '<strong><mark>a</mark></strong>'],
    ['==a\nb==', '<mark>a<br>\nb</mark>'],
    ['x == y == z', 'x == y == z'],
    ['=a= ===b===', '=a= ===b==='],
    ['`==a==`', '<code>==a==</code>'],
  ])('%j', async (source, html) => expect(await show(source)).toBe(`<p>${html}</p>`));
});

describe('comments', () => {
  it.each([
    ['a %%b%% c', 'a  c'],
    ['a %%b\n\n# c\n\nd%% e', 'a  e'],
    ['`%%a%%`', '<code>%%a%%</code>'],
    ['50%% off', '50%% off'],
    ['a\n\n%%\nnever closed\n\n[[b]]', 'a'],
  ])('%j', async (source, html) => expect(await show(source)).toBe(`<p>${html}</p>`));

  it('do not loosen the list they stand in', async () => {
    expect(await show('- a\n%%\nb\n%%\n- c')).toBe('<ul>\n<li>a</li>\n<li>c</li>\n</ul>');
  });

  it('leave nothing in the plain text', async () => {
    expect((await compileNote('a %%secret%% b\n\n<!-- hidden -->')).text).toBe('a b');
  });
});

describe('tags', () => {
  it('need a non-digit, and a space before them', async () => {
    const { tags } = await compileNote(
      '#a/b #1984 #1a x#no (#no) \\#no #é-_ #🚀 https://e.org/#no\n\n# h #in-heading\n',
    );
    expect(tags).toEqual(['a/b', '1a', 'é-_', '🚀', 'in-heading']);
  });

  it('are shown in their first spelling, those of the property first', async () => {
    expect((await compileNote('#Two #TWO #one', { tags: ['One', '#three'] })).tags).toEqual(['One', 'three', 'Two']);
  });

  it('lead where the page says', async () => {
    expect(await show('#a/b', { tagHref: (tag) => `/t/${tag}` })).toBe('<p><a class="tag" href="/t/a/b">#a/b</a></p>');
  });
});

describe('tasks', () => {
  it('may hold any character', async () => {
    expect(await show('- [ ] a\n- [x] b\n- [?] c\n- [ ]')).toBe(
      '<ul class="task-list">\n' +
        '<li class="task" data-task=" "><input type="checkbox" disabled aria-label="To do"> a</li>\n' +
        '<li class="task" data-task="x"><input type="checkbox" disabled checked aria-label="Done"> b</li>\n' +
        '<li class="task" data-task="?"><input type="checkbox" disabled checked aria-label="Task marked ?"> c</li>\n' +
        '<li class="task" data-task=" "><input type="checkbox" disabled aria-label="To do"> </li>\n</ul>',
    );
  });
});

describe('line breaks', () => {
  it('are kept, unless the vault is strict', async () => {
    expect(await show('a\nb')).toBe('<p>a<br>\nb</p>');
    expect((await compileNote('a\nb  \nc', { strictLineBreaks: true })).html).toBe('<p>a\nb<br>\nc</p>\n');
  });
});

describe('footnotes', () => {
  it('are numbered as they are used; one may be written in place and one go on after two spaces', async () => {
    const html = await show('a[^n] b^[in *place*] c[^n]\n\n[^n]: x\n\n  y\n\n[^unused]: z');
    expect(html).toContain('a<sup class="footnote-ref"><a href="#fn-1" id="fnref-1" role="doc-noteref">1</a></sup>');
    expect(html).toContain('<li id="fn-2"><p>in <em>place</em> <a class="footnote-back" href="#fnref-2"');
    expect(html).toContain('<li id="fn-1"><p>x</p><p>y <a class="footnote-back" href="#fnref-1"');
    expect(html).toContain('href="#fnref-1-2"');
    expect(html).not.toContain('z');
  });
});

describe('callouts', () => {
  it('have a type, a title with markup and a body', async () => {
    expect(await show('> [!TLDR] A *b*\n> c')).toBe(
      '<div class="callout" data-callout="abstract"><div class="callout-title">A <em>b</em></div>' +
        '<div class="callout-body">\n<p>c</p>\n</div></div>',
    );
  });

  it('of an unknown type are notes called by their type', async () => {
    expect(await show('> [!recipe|meta]')).toBe(
      '<div class="callout" data-callout="note"><div class="callout-title">Recipe</div></div>',
    );
  });

  it('fold without scripts', async () => {
    expect(await show('> [!faq]-\n> a')).toMatch(
      /^<details class="callout" data-callout="question"><summary [^>]*>FAQ</,
    );
    expect(await show('> [!faq]+\n> a')).toMatch(/^<details class="callout" data-callout="question" open>/);
  });

  it('nest, and hold code and tables', async () => {
    const html = await show('> [!a]\n> > [!b]\n> > > [!c]\n> > > x\n>\n> | t |\n> |---|\n>\n> ```\n> code\n> ```');
    expect(html.match(/class="callout"/g)).toHaveLength(3);
    expect(html).toMatch(/<th>t<\/th>[\s\S]*<code>code<\/code>/);
  });

  it('are plain quotes without their mark', async () => {
    expect(await show('> a [!note]')).toBe('<blockquote>\n<p>a [!note]</p>\n</blockquote>');
  });
});

describe('GFM', () => {
  it('aligns tables without styles', async () => {
    expect(await show('| a | b |\n|:-:|--:|\n| c |')).toContain('<td align="center">c</td><td align="right"></td>');
  });

  it('strikes through and finds addresses', async () => {
    expect(await show('~~a~~ www.example.org')).toBe(
      '<p><del>a</del> <a class="external" href="http://www.example.org" rel="noopener noreferrer">www.example.org</a></p>',
    );
  });
});

describe('plain text', () => {
  it('is words alone, in order', async () => {
    const { text, title } = await compileNote(
      '# T\n\na **b** [[c|d]] ![[e]]\n\n| x | y |\n|---|---|\n\n```js\nf()\n```\n',
    );
    expect([title, text]).toEqual(['T', 'a b d\nx · y\nf()']);
  });
});
