import { describe, expect, it } from 'vitest';
import type { Compiled, Fill, Slot, Transclusion } from './compiled';
import { render } from './render';
import { compileNote, everything, show } from './testing';
import { NOTE_WORDS } from './words';

/** A vault of these notes, each at `/name`, and no others. */
async function vault(notes: Record<string, string>) {
  const compiled = new Map<string, Compiled>();
  for (const [name, source] of Object.entries(notes)) compiled.set(name, await compileNote(source));
  const fillOf = (own: string): Fill => ({
    slot: (slot) => {
      const name = slot.target || own;
      return compiled.has(name)
        ? { as: 'note', href: `/${name}`, fragmentId: null, title: name }
        : everything.slot(slot, 0);
    },
    transclude: (slot) => transclusion(slot.target || own),
  });
  const transclusion = (name: string): Transclusion | null => {
    const note = compiled.get(name);
    return note ? { href: `/${name}`, title: name, compiled: note, fill: fillOf(name) } : null;
  };
  return (name: string): string => {
    const note = compiled.get(name);
    return note ? render(note, fillOf(name), { words: NOTE_WORDS.en }).trim() : '';
  };
}

const image = (attributes: string) => `<p><img class="embed-image" ${attributes} loading="lazy" decoding="async"></p>`;

describe('pictures', () => {
  it.each([
    ['![[a.png]]', 'src="/f/a.png" alt="a" width="400" height="300"'],
    ['![[a.png|200]]', 'src="/f/a.png" alt="a" width="200" height="150"'],
    ['![[a.png|200x100]]', 'src="/f/a.png" alt="a" width="200" height="100"'],
    ['![[a.png|some words]]', 'src="/f/a.png" alt="some words" width="400" height="300"'],
    ['![[a.png#outline|100]]', 'src="/f/a.png" alt="a" width="100" height="75" data-fit="outline"'],
    ['![some words|100x145](a.png)', 'src="/f/a.png" alt="some words" width="100" height="145"'],
    ['![250](a.png)', 'src="/f/a.png" alt="a" width="250" height="188"'],
  ])('%s', async (source, attributes) => expect(await show(source)).toBe(image(attributes)));

  it('are offered in the sizes and formats there are', async () => {
    const sources = [
      { mediaType: 'image/avif', sizes: [{ href: '/f/a.png?w=1&as=avif', width: 1 }] },
      {
        mediaType: 'image/webp',
        sizes: [
          { href: '/f/a.png?w=1&as=webp', width: 1 },
          { href: '/f/a.png?w=2&as=webp', width: 2 },
        ],
      },
    ];
    const fill: Fill = {
      ...everything,
      slot: (slot, index) => {
        const filled = everything.slot(slot, index);
        return filled?.as === 'file' ? { ...filled, sources } : filled;
      },
    };
    const sizes = 'sizes="(min-width: 48rem) 44rem, 100vw"';
    expect(await show('![[a.png]]', {}, fill)).toBe(
      '<p><picture>' +
        `<source type="image/avif" srcset="/f/a.png?w=1&amp;as=avif 1w" ${sizes}>` +
        `<source type="image/webp" srcset="/f/a.png?w=1&amp;as=webp 1w, /f/a.png?w=2&amp;as=webp 2w" ${sizes}>` +
        '<img class="embed-image" src="/f/a.png" alt="a" width="400" height="300" loading="lazy" decoding="async"></picture></p>',
    );
    expect(await show('![[a.png|200]]', {}, fill)).toContain('sizes="200px"');
  });

  it('from the web are links, unless the site wants them', async () => {
    const source = '![alt|100](https://example.org/a.png)';
    expect(await show(source)).toContain(
      '<a class="external external-image" href="https://example.org/a.png" rel="noopener noreferrer">alt</a>',
    );
    expect(await show(source, { externalImages: 'direct' })).toContain(
      '<img class="embed-image" src="https://example.org/a.png" alt="alt" width="100" loading="lazy" decoding="async" referrerpolicy="no-referrer">',
    );
  });

  it('stay in their line, their list item or their cell', async () => {
    expect(await show('a ![[a.png]] b')).toMatch(/^<p>a <img [^>]*> b<\/p>$/);
    expect(await show('| a |\n|---|\n| ![[a.png\\|20]] |')).toMatch(/<td><p><img [^>]*width="20"/);
    expect(await show('a\n![[a.png]]\nb')).toMatch(/^<p>a<\/p>\n<p><img [^>]*><\/p>\n<p>b<\/p>$/);
  });
});

describe('other files', () => {
  it.each([
    ['![[a.mp3]]', '<p><audio class="embed-audio" controls preload="none" src="/f/a.mp3"></audio></p>'],
    [
      '![[a.mp4#t=10,20]]',
      '<p><video class="embed-video" controls preload="metadata" src="/f/a.mp4#t=10,20"></video></p>',
    ],
    [
      '![[a.zip]]',
      '<p class="embed-file">Download <a href="/f/a.zip" download>a.zip</a> <span class="embed-size">12.3 KB</span></p>',
    ],
    ['![[missing.png]]', '<p class="embed-missing">Content not available</p>'],
    ['![[missing]]', '<p class="embed-missing">Content not available</p>'],
  ])('%s', async (source, html) => expect(await show(source)).toBe(html));

  it('that are PDF open at their page, beside a download', async () => {
    const html = await show('![[a.pdf#page=3&height=400]]');
    expect(html).toContain(
      '<iframe src="/f/a.pdf#page=3" title="a.pdf (page 3)" height="400" loading="lazy"></iframe>',
    );
    expect(html).toContain('<a href="/f/a.pdf" download>a.pdf</a>');
  });

  it('that cannot be shown yet say so, folded', async () => {
    expect(await show('![[a.canvas]]')).toMatch(/^<details class="unsupported" data-kind="canvas"><summary/);
  });
});

describe('embedded notes', () => {
  it('are shown whole, by heading or by block, with a link to where they come from', async () => {
    const page = await vault({
      a: '![[b]]\n\n![[b#Two]]\n\n![[b#^x]]',
      b: 'one\n\n## Two\n\ntwo\n\n## Three\n\n- three ^x\n- four',
    });
    const [whole, section, block] = page('a').split('</aside>');
    expect(whole).toContain(
      '<aside class="embed" aria-label="b"><p class="embed-title"><a class="internal" href="/b" data-note="/b">b</a></p><div class="embed-body"><p>one</p>',
    );
    expect(section).toMatch(/<h2 id="e2-two">Two<\/h2>\n<p>two<\/p>\n<\/div>/);
    expect(block).toContain('<ul><li id="e3-block-x">three</li></ul>');
  });

  it('keep their ids and footnotes apart', async () => {
    const page = await vault({ a: '## H\n\nx[^1]\n\n![[b]]\n\n[^1]: n', b: '## H\n\ny[^1]\n\n[^1]: m' });
    const ids = [...page('a').matchAll(/ id="([^"]*)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(page('a')).toContain('href="#e1-fn-1" id="e1-fnref-1"');
  });

  it('resolve links from where they were written', async () => {
    const page = await vault({ a: '![[b]]', b: '[[#h]]' });
    expect(page('a')).toContain('<a class="internal" href="/b" data-note="/b">h</a>');
  });

  it.each([
    ['itself', { a: '![[a]]' }],
    ['its own section', { a: '## H\n\n![[a#H]]' }],
    ['what embeds it', { a: '![[b]]', b: '![[a]]' }],
  ])('are cut where a note embeds %s', async (_, notes) => {
    const html = (await vault(notes))('a');
    expect(html.match(/class="embed-cut"/g)).toHaveLength(1);
  });

  it('are cut below the fifth', async () => {
    const notes = Object.fromEntries(
      [...'abcdefgh'].map((name) => [name, `${name}!\n\n![[${String.fromCharCode(name.charCodeAt(0) + 1)}]]`]),
    );
    const html = (await vault(notes))('a');
    expect(html.match(/<aside/g)).toHaveLength(5);
    expect(html).toMatch(/f!<\/p>\n<div class="embed-cut">[\s\S]*>g<\/a>/);
  });

  it('do not multiply without end', async () => {
    const twenty = (name: string) => `![[${name}]]\n\n`.repeat(20);
    const page = await vault({ a: twenty('b'), b: twenty('c'), c: twenty('d'), d: twenty('e'), e: 'x' });
    expect(page('a').length).toBeLessThan(5_000_000);
  });

  it('in a sentence are links', async () => {
    const page = await vault({ a: 'x ![[b]] y', b: 'z' });
    expect(page('a')).toBe('<p>x <a class="internal embed-inline" href="/b" data-note="/b">b</a> y</p>');
  });

  it('whose part is missing look missing', async () => {
    const page = await vault({ a: '![[b#Nowhere]]', b: 'z' });
    expect(page('a')).toBe('<p class="embed-missing">Content not available</p>');
  });

  it('never leave their text in the note that embeds them', async () => {
    const { html, text } = await compileNote('![[b]]');
    expect([html.replace(/[\uFDD0\uFDD1]/g, '|').trim(), text]).toEqual(['|E0|', '']);
  });
});

describe('slots', () => {
  it('say how they were written', async () => {
    const slots: Slot[] = (
      await compileNote('![[a.png|alt|10x20]] x\n\n![b](c%20d.png)\n\n<img src="e.png" alt="f" width=5>')
    ).slots;
    expect(slots).toMatchObject([
      { kind: 'embed', syntax: 'wiki', text: 'alt', width: 10, height: 20, block: false },
      { kind: 'embed', syntax: 'markdown', target: 'c d.png', text: 'b', block: true, line: 3 },
      { kind: 'embed', syntax: 'html', target: 'e.png', text: 'f', width: 5, line: 5 },
    ]);
  });
});
