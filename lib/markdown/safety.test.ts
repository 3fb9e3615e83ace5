import { describe, expect, it } from 'vitest';
import { dangersIn, wellKnown } from './dangers';
import { everything, show } from './testing';

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
