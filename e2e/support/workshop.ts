import { pdf, png, svg, wav } from './media';

/** A word of every closed place of the fixture vault: none of them may leave the server. */
export const CANARIES = {
  title: 'Quetzalcanary',
  text: 'Ocelotcanary',
  description: 'Narwhalcanary',
  tag: 'axolotlcanary',
  folder: 'Pangolincanary',
  heading: 'Okapicanary',
  alias: 'Tapircanary',
  file: 'capybaracanary',
  members: 'Wombatcanary',
  drafts: 'Kakapocanary',
  comment: 'Dugongcanary',
  guild: 'Binturongcanary',
} as const;

/** The group that one note is for. */
export const GUILD = 'guild';

const long = 'an-address-without-any-place-to-break-'.repeat(6);

/** A vault that uses everything a page can show: path → text or bytes. */
export const workshop: Record<string, string | Buffer> = {
  'trastienda.yaml': `title: The workshop
description: A vault made for the tests.
language: en
access: public
home: Home
folders:
  Drafts: private
`,
  'Home.md': `---
tags: [bench]
order: 0
---
# The workshop

The way to [[Bread]], to [[Bread#Kneading|the kneading]] and to the [[Tools/Oven|oven]]. One day, [[Salt]].
`,
  'Bread.md': `---
description: How a loaf is made.
tags: [food/bread, bench]
order: 1
---
# Bread

Begins with [[Recipe card]] and ends in the [[Tools/Oven]]. Kept apart: [[${CANARIES.title}]], and with other words, [[${CANARIES.title}|the cellar]].

## Kneading

Ten minutes. See [[#Baking]], [the oven](Tools/Oven.md#Heat) and [[Recipe card#^flour|the flour]].

![[loaf.png|320]]

%%${CANARIES.comment}%%

## Baking

![[Recipe card]]

![[${CANARIES.title}]]

${'The crust wants steam, patience and a hot stone. '.repeat(40)}

## Resting

${'A loaf that is cut too soon gums the knife. '.repeat(40)}
`,
  'Recipe card.md': `---
description: Flour, water, salt.
tags: [card-only]
order: 2
---
Half a kilo of flour, first words. ^flour

![[card-only.png]]

[[Bread]] is what it is for.
`,
  'Tools/Oven.md': `---
order: 3
tags: [bench]
---
# Oven

Back to [[Bread]].

## Heat

![[loaf.png]] and ![[drawing.svg]]

![[bell.wav]]

![[plan.pdf#page=1]]

[[measures.csv]]
`,
  'Everything.md': `---
description: Every kind of block, once.
order: 4
tags: [bench]
status: kept
source: https://example.org/a/very/long/address/of/a/source/that/does/not/end
---
# Everything a page can hold

> [!warning]- Folded
> Behind it, [[Bread]].

> [!note] Open
> > [!tip] Within
> > Text.

==Marked==, ~~struck~~, \`code [[not a link]]\`, $e^{i\\pi}+1=0$, a note[^1] and #bench/small.

| Left | Middle | Right | A long heading of a column |
| :-- | :-: | --: | --- |
| [[Bread\\|bread]] | two | 3 | ${long} |

\`\`\`ts
const aLineThatIsMuchLongerThanAnyTelephone = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
\`\`\`

$$
\\sum_{k=1}^{n} k = \\frac{n(n+1)}{2} + a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + p + q
$$

\`\`\`mermaid
flowchart LR
  A[Flour] --> B[Dough] --> C[Loaf] --> D[Toast] --> E[Crumbs] --> F[Birds]
\`\`\`

- [x] done
- [ ] open

## Text

## Tree

## Outline

## Backlinks

Headings named as parts of the page are. See [[#Outline]].

${long}

<script>document.title = 'taken over'</script><img src="x" onerror="document.title = 'taken over'">
<iframe src="https://elsewhere.example/"></iframe><a href="javascript:document.title='taken over'">press</a>

![far away](https://elsewhere.example/picture.png)

[^1]: With a [[Bread|way back]].
`,
  'Ünïcode & signs (100%).md': '---\norder: 5\n---\nA name that is hard to spell. To [[Bread]].\n',
  [`${CANARIES.title}.md`]: `---
access: private
description: ${CANARIES.description}
tags: [${CANARIES.tag}]
aliases: [${CANARIES.alias}]
---
# ${CANARIES.title}

${CANARIES.text} keeps [[Bread]] and ![[${CANARIES.file}.png]].

## ${CANARIES.heading}
`,
  [`${CANARIES.folder}/Members only.md`]: `---\naccess: members\n---\n${CANARIES.members} [[Bread]]\n`,
  'Guild.md': `---\naccess: group:${GUILD}\n---\n${CANARIES.guild} [[Bread]]\n`,
  'Drafts/Half done.md': `${CANARIES.drafts} and [[Bread]], ![[loaf.png]]\n`,
  'card-only.png': png(90, 60, [120, 120, 120]),
  'loaf.png': png(640, 400, [180, 120, 60]),
  [`${CANARIES.file}.png`]: png(64, 40, [1, 2, 3]),
  'drawing.svg': svg,
  'bell.wav': wav(),
  'plan.pdf': pdf(),
  'measures.csv': 'grams,what\n500,flour\n',
};

/** A vault of one note, with neither home, tags nor links: what a page shows when there is nothing to show. */
export const shelf: Record<string, string | Buffer> = {
  'trastienda.yaml': 'title: The empty shelf\naccess: public\nlanguage: en\n',
  'Only note.md': 'Nothing leads here.\n',
};
