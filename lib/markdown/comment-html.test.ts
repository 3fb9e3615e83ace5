import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commentHtml } from './comment-html';
import { dangersIn, wellKnown } from './dangers';

const ALLOWED = /^<\/?(?:p|br|em|strong|code|pre|a|ul|ol|li|blockquote)(?: (?:href|rel|start|tabindex)="[^"]*")*>$/;
const tagsIn = (html: string) => html.match(/<[^>]*>/g) ?? [];

describe('a comment', () => {
  it('has paragraphs, emphasis, code, lists and quotes', () => {
    expect(commentHtml('One *two* **three** `four`.\n\nFive')).toBe(
      '<p>One <em>two</em> <strong>three</strong> <code>four</code>.</p>\n<p>Five</p>',
    );
    expect(commentHtml('- a\n- b')).toBe('<ul>\n<li>a</li>\n<li>b</li>\n</ul>');
    expect(commentHtml('3. a')).toBe('<ol start="3">\n<li>a</li>\n</ol>');
    expect(commentHtml('> said')).toBe('<blockquote>\n<p>said</p>\n</blockquote>');
    expect(commentHtml('```js\nlet a < 1;\n```')).toBe('<pre tabindex="0"><code>let a &#x3C; 1;\n</code></pre>');
  });

  it('ends its lines where they were ended', () => expect(commentHtml('a\nb\r\nc')).toBe('<p>a<br>b<br>c</p>'));

  it('links to other sites and mail addresses, without a good word for them', () => {
    const rel = 'rel="nofollow ugc noopener"';
    expect(commentHtml('[a](https://example.org/?a=1&b=2)')).toBe(
      `<p><a href="https://example.org/?a=1&#x26;b=2" ${rel}>a</a></p>`,
    );
    expect(commentHtml('see https://example.org, or <mailto:a@example.org>')).toContain(
      `<a href="https://example.org" ${rel}>`,
    );
    expect(commentHtml('<mailto:a@example.org>')).toContain(`<a href="mailto:a@example.org" ${rel}>`);
  });

  it('links nowhere else', () => {
    for (const to of ['/signout', '//example.org', '#here', 'note', 'ftp://example.org', 'data:text/html,x', '?a=b'])
      expect(commentHtml(`[a](${to})`), to).not.toContain('href');
  });

  it('shows as typed what it does not read', () => {
    expect(commentHtml('# Heading')).toBe('<p># Heading</p>');
    expect(commentHtml('Heading\n===')).not.toContain('<h');
    expect(commentHtml('![a](https://example.org/a.png)')).not.toContain('<img');
    expect(commentHtml('<b>bold</b>')).toBe('<p>&#x3C;b>bold&#x3C;/b></p>');
    expect(commentHtml('| a |\n|---|\n| b |')).not.toContain('<table');
    expect(commentHtml('a[^1]\n\n[^1]: b')).not.toContain('<sup');
    expect(commentHtml('- [ ] a')).not.toContain('<input');
  });
});

describe('nothing a commenter writes can run, load or restyle', () => {
  const framed = (p: string) => [p, `> ${p}`, `- ${p}`, `[${p}](${p})`, `[a](<${p}> "${p}")`, `\`${p}\``, `**${p}**`];

  it.each(wellKnown)('%s', (payload) => {
    for (const source of framed(payload)) {
      expect(dangersIn(commentHtml(source))).toEqual([]);
      expect(tagsIn(commentHtml(source)).filter((tag) => !ALLOWED.test(tag))).toEqual([]);
    }
  });

  it('whatever it is', () => {
    const mark = fc.constantFrom(
      '*',
      '_',
      '`',
      '[',
      ']',
      '(',
      ')',
      '<',
      '>',
      '!',
      '"',
      '\n',
      '- ',
      '> ',
      '&#',
      'javascript:',
    );
    const written = fc.array(fc.oneof(mark, fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 40 });
    fc.assert(
      fc.property(written, (parts) => {
        const html = commentHtml(parts.join(''));
        expect(dangersIn(html)).toEqual([]);
        expect(tagsIn(html).filter((tag) => !ALLOWED.test(tag))).toEqual([]);
      }),
    );
  });

  it('nor take long or break, however deep', () => {
    for (const source of [
      '>'.repeat(4_000),
      '- '.repeat(2_000),
      '*a_'.repeat(1_300),
      '['.repeat(4_000),
      '`'.repeat(4_000),
    ])
      expect(dangersIn(commentHtml(source))).toEqual([]);
  });
});
