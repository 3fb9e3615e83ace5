import { describe, expect, it } from 'vitest';
import { compileNote, show } from './testing';

async function slot(source: string) {
  const { slots } = await compileNote(source);
  return slots[0];
}

describe('wikilinks', () => {
  it.each([
    ['[[note]]', 'note', null, null],
    ['[[note.md]]', 'note.md', null, null],
    ['[[folder/note]]', 'folder/note', null, null],
    ['[[note|words]]', 'note', null, 'words'],
    ['[[note#Heading]]', 'note', 'Heading', null],
    ['[[note#One#Two]]', 'note', 'One#Two', null],
    ['[[note#Heading|words]]', 'note', 'Heading', 'words'],
    ['[[#Heading]]', '', 'Heading', null],
    ['[[note#^block]]', 'note', '^block', null],
    ['[[note#^block|words]]', 'note', '^block', 'words'],
    ['[[#^block]]', '', '^block', null],
    ['[[image.png]]', 'image.png', null, null],
    ['[[file.pdf#page=3]]', 'file.pdf', 'page=3', null],
    ['[[note^block]]', 'note^block', null, null],
    ['[[100% & more?]]', '100% & more?', null, null],
  ])('%s leads to the note it names', async (source, target, fragment, text) => {
    expect(await slot(source)).toMatchObject({ kind: 'link', syntax: 'wiki', target, fragment, text, line: 1 });
  });

  it('shows the words a link has, else where it leads', async () => {
    expect(await show('[[a|b]] [[c#d]] [[#e]]')).toBe(
      '<p><a class="internal" href="/n/a" data-note="/n/a">b</a> ' +
        '<a class="internal" href="/n/c#d" data-note="/n/c">c > d</a> ' +
        '<a class="internal" href="/n/#e" data-note="/n/">e</a></p>',
    );
  });

  it('takes the escaped bar of a table for a bar', async () => {
    const { slots } = await compileNote('| a |\n|---|\n| [[note\\|words]] ![[i.png\\|200]] |');
    expect(slots).toMatchObject([
      { target: 'note', text: 'words', line: 3 },
      { target: 'i.png', width: 200, line: 3 },
    ]);
  });

  it('is only words inside another link', async () => {
    expect(await show('[a [[b]] c](d.md)')).toContain('>a b c</a></p>');
  });

  it.each(['[[', '[[]]', '[[|x]]', '[[a', '\\[[a]]', '[[a\nb]]'])('%j is no link', async (source) => {
    expect((await compileNote(source)).slots).toEqual([]);
  });

  it.each([
    '`[[a]]`',
    '```\n[[a]] #t ==b== %%c%% ![[d]]\n```',
    '~~~~md\n~~~\n[[a]]\n~~~~',
    '    [[a]] ==b==',
    '$[[a]]$',
    '$$\n[[a]]\n$$',
    '<!-- [[a]] -->',
    '%%[[a]]%%',
    '%%\n\n[[a]]\n\n%%',
  ])('%j holds no link', async (source) => {
    const { slots, tags, html } = await compileNote(source);
    expect([slots, tags]).toEqual([[], []]);
    expect(html).not.toContain('<mark>');
  });
});

describe('Markdown links', () => {
  it.each([
    ['[t](Three%20laws.md)', 'Three laws.md', null],
    ['[t](<Three laws.md>)', 'Three laws.md', null],
    ['[t](folder/Note.md#Some%20Heading)', 'folder/Note.md', 'Some Heading'],
    ['[t](../up)', '../up', null],
    ['[t](/root)', '/root', null],
    ['[t](100%.md)', '100%.md', null],
    ['[t](#here)', '', 'here'],
    ['[t](obsidian://open?vault=V&file=F%20x%23H)', 'F x', 'H'],
    ['[t][r]\n\n[r]: Note.md', 'Note.md', null],
  ])('%s leads into the vault', async (source, target, fragment) => {
    expect(await slot(source)).toMatchObject({ kind: 'link', syntax: 'markdown', target, fragment, text: 't' });
  });

  it('leaves the site without telling from where', async () => {
    expect(await show('[t](https://example.org/a?b&c)')).toBe(
      '<p><a class="external" href="https://example.org/a?b&amp;c" rel="noopener noreferrer">t</a></p>',
    );
  });

  it.each(['javascript:alert(1)', 'file:///etc/passwd', 'data:text/html,x', 'obsidian://search?query=x'])(
    'to %s is only its words',
    async (url) => expect(await show(`[t](${url})`)).toBe('<p>t</p>'),
  );
});

describe('what a viewer may not see', () => {
  it('looks the same as what does not exist', async () => {
    expect(await show('[[missing|a]] ![[missing]]')).toBe(
      '<p><span class="unresolved">a</span> <span class="embed-missing">Content not available</span></p>',
    );
  });
});

describe('links in properties', () => {
  it('count, but are not shown', async () => {
    const { slots, html } = await compileNote('x', { properties: [{ line: 3, text: '[[a|b]] and [[c#d]] #no' }] });
    expect(slots).toMatchObject([
      { kind: 'property', target: 'a', text: 'b', line: 3 },
      { kind: 'property', target: 'c', fragment: 'd', line: 3 },
    ]);
    expect(html).toBe('<p>x</p>\n');
  });
});

describe('lines', () => {
  it('are those of the file, also after comments and frontmatter', async () => {
    const source = '---\na: b\n---\n%%\nhidden\n%%\n\n[[x]]\n\n<div>\n<a href="y.md">y</a></div>\n';
    const { slots } = await compileNote(source, { bodyStart: 13, bodyLine: 4 });
    expect(slots.map(({ target, line }) => [target, line])).toEqual([
      ['x', 8],
      ['y.md', 11],
    ]);
  });
});
