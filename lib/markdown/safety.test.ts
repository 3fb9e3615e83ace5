import fc from 'fast-check';
import type { Element, Nodes } from 'hast';
import { raw } from 'hast-util-raw';
import { toHtml } from 'hast-util-to-html';
import { visit } from 'unist-util-visit';
import { describe, expect, it } from 'vitest';
import type { Compiled } from './compiled';
import { render } from './render';
import { clean } from './sanitize';
import { compileNote, everything, show } from './testing';
import { NOTE_WORDS } from './words';

/** What a browser makes of HTML. */
function read(html: string): Nodes {
  return raw({ type: 'root', children: [{ type: 'raw', value: html }] });
}

const FORBIDDEN =
  /^(?:script|style|object|embed|applet|base|meta|link|form|button|textarea|template|foreignobject|use|animate|set|image)$/i;
const ADDRESSES = new Set([
  'href',
  'src',
  'action',
  'formAction',
  'xLinkHref',
  'data',
  'srcSet',
  'poster',
  'background',
  'cite',
]);

function dangersIn(html: string): string[] {
  const found: string[] = [];
  visit(read(html), 'element', (node: Element) => {
    if (FORBIDDEN.test(node.tagName)) found.push(`<${node.tagName}>`);
    if (node.tagName === 'iframe' && !String(node.properties.src).startsWith('/f/')) found.push('iframe');
    for (const [name, value] of Object.entries(node.properties)) {
      if (/^on/i.test(name) || name === 'style' || name === 'srcDoc') found.push(`${name}=${value}`);
      if (ADDRESSES.has(name) && !/^(?:https?:\/\/|mailto:|tel:|\/|#)/.test(String(value)))
        found.push(`${name}=${value}`);
    }
  });
  return found;
}

const SCRIPT = '<script>x()</script>';
const HANDLER = '<img src=x onerror=x()>';
const BREAKS_OUT = '"><svg onload=x()>';
const payloads = [
  SCRIPT,
  HANDLER,
  BREAKS_OUT,
  "' onmouseover=x() '",
  'javascript:x()',
  '{{constructor}}',
  ']]>',
  '--><script>x()</script>',
];

const forms = [
  (p: string) => p,
  (p: string) => `# ${p}`,
  (p: string) => `[[${p}]]`,
  (p: string) => `[[a|${p}]]`,
  (p: string) => `[[a#${p}]]`,
  (p: string) => `![[${p}]]`,
  (p: string) => `![[a.png|${p}]]`,
  (p: string) => `![[a.pdf#page=${p}]]\n\n![[a.pdf#height=${p}]]\n\n![[a.mp4#t=${p}]]`,
  (p: string) => `[${p}](${p})`,
  (p: string) => `[a](<${p}> "${p}")`,
  (p: string) => `![${p}](<${p}>)`,
  (p: string) => `![${p}](https://example.org/"${p})`,
  (p: string) => `[a][b]\n\n[b]: <${p}> '${p}'`,
  (p: string) => `==${p}== ~~${p}~~ **${p}** #${p}`,
  (p: string) => `> [!${p}] ${p}\n> ${p}`,
  (p: string) => `> [!tip]- ${p}`,
  (p: string) => `- [${p}] a\n- [<] b\n- ["] c`,
  (p: string) => `a ^${p}\n\n^${p}`,
  (p: string) => `a[^${p}] ^[${p}]\n\n[^${p}]: ${p}`,
  (p: string) => `$${p}$\n\n$$\n\\text{${p}}\n$$\n\n$\\href{${p}}{a}$`,
  (p: string) => `\`${p}\`\n\n\`\`\`${p}\n${p}\n\`\`\`\n\n\`\`\`js ${p}\n${p}\n\`\`\``,
  (p: string) =>
    `\`\`\`mermaid\ngraph TD\nA[${p}] --> B["${p}"]\nclick A "${p}"\nclassDef x fill:${p},stroke:url(${p})\nclass A x\n\`\`\``,
  (p: string) =>
    `\`\`\`mermaid\nsequenceDiagram\nA->>B: ${p}\nNote over A: ${p}\n\`\`\`\n\n\`\`\`mermaid\n${p}\n\`\`\``,
  (p: string) => `\`\`\`dataviewjs\n${p}\n\`\`\`\n\n\`\`\`ad-${p}\n${p}\n\`\`\``,
  (p: string) => `| ${p} |\n|---|\n| ${p} |`,
  (p: string) => `%%${p}%% <!-- ${p} -->`,
  (p: string) => `<https://example.org/${p}> https://example.org/${p}`,
  (p: string) => `[a](obsidian://open?vault=v&file=${p})`,
  (p: string) => `<div title='${p}'>${p}</div>\n\n<a href="${p}">${p}</a> <iframe src="${p}"></iframe>`,
];

const wellKnown = [
  '<a href="java\tscript:x()">a</a>',
  '<a href="&#106;avascript:x()">a</a>',
  '<a href=" \u0001javascript:x()">a</a>',
  '[a](java&#10;script:x())',
  '[a](JaVaScRiPt&colon;x())',
  '[a](data:text/html;base64,PHNjcmlwdD4=)',
  '[a](vbscript:x())',
  '<svg><script>x()</script></svg>',
  '<svg><animate onbegin=x() attributeName=x></svg>',
  '<math><mtext><table><mglyph><style><img src=x onerror=x()></style></mglyph></table></mtext></math>',
  '<noscript><p title="</noscript><img src=x onerror=x()>">',
  '<style>@import "https://example.org/x.css"; * { background: url(https://example.org) }</style>',
  '<form action="https://example.org"><input name=password><button formaction="javascript:x()">a</button></form>',
  '<base href="https://example.org/">',
  '<meta http-equiv="refresh" content="0;url=https://example.org">',
  '<object data="https://example.org"></object><embed src="https://example.org">',
  '<iframe srcdoc="<script>x()</script>"></iframe>',
  '<details open ontoggle=x()>',
  '<video><source onerror=x()></video><audio src="javascript:x()">',
  '<img srcset="https://example.org/x 1x" src="javascript:x()">',
  '<template><img src=x onerror=x()></template>',
  '<xmp><img src=x onerror=x()></xmp>',
  '<textarea></textarea><img src=x onerror=x()>',
  '<table><a href="javascript:x()"><tr><td><img src=x onerror=x()>',
  '<p style="position:fixed;inset:0;background:url(https://example.org)" class="fixed inset-0">a',
  '<div id="location" name="cookie">a</div>',
  '<b <script>x()</script>',
  '<img """><script>x()</script>">',
  '<<script>x()//<</script>',
];

describe('nothing an author writes can run, load or restyle', () => {
  it.each(forms.map((form, index) => [index, form] as const))('form %i', async (_, form) => {
    for (const payload of payloads) {
      for (const externalImages of ['off', 'direct'] as const) {
        expect(
          dangersIn(await show(form(payload), { externalImages, tagHref: (tag) => `/t/${encodeURIComponent(tag)}` })),
        ).toEqual([]);
      }
    }
  });

  it.each(wellKnown)('%s', async (payload) => {
    expect(dangersIn(await show(payload))).toEqual([]);
    expect(dangersIn(await show(`a ${payload} b`))).toEqual([]);
    expect(dangersIn(await show(`> [!tip] ${payload}\n> - ${payload}`))).toEqual([]);
  });

  it('also not through what the page knows of other notes', async () => {
    const fill = {
      ...everything,
      slot: () => ({ as: 'note' as const, href: `/"${HANDLER}`, fragmentId: BREAKS_OUT, title: SCRIPT }),
    };
    expect(dangersIn(await show('[[a]] ![[b]]\n\n![[c]]', {}, fill))).toEqual([]);
  });
});

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
      fc.property(fc.constantFrom(...wellKnown, ...payloads), fc.string(), (payload, rest) => {
        const tree = read(payload + rest);
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
