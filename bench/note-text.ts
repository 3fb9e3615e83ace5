import type { Random } from './random';
import { ADJECTIVES, CALLOUTS, CODE, FORMULAS, LANGUAGES, NOUNS, TAGS, VERBS } from './words';

/** What a generated note may refer to. */
export type Around = {
  title: string;
  /** A link to some other note, as it is written between `[[` and `]]`. */
  link: () => string;
  image: () => string;
};

const SMALLEST_BYTES = 2_000;
const LARGEST_BYTES = 4_000;
const SHARES = { code: 1 / 4, table: 1 / 5, math: 1 / 10, image: 1 / 10, diagram: 1 / 100 };

/** Writes one note of 2 to 4 KB: prose with links in paragraphs and lists, and now and then everything else Obsidian has. */
export function writeNote(random: Random, around: Around): string {
  const extras = [callout(random, around), ...special(random, around)];
  const size = random.between(SMALLEST_BYTES, LARGEST_BYTES) - extras.join('').length;
  const parts = [frontmatter(random, around.title), `# ${around.title}`, paragraph(random, around)];
  let written = parts.join('').length;
  for (let section = 1; written < size; section++) {
    const made = [heading(random, section), paragraph(random, around), list(random, around)];
    if (random.chance(0.5)) made.push(paragraph(random, around));
    const extra = extras.shift();
    if (extra) made.push(extra);
    parts.push(...made);
    written += made.join('').length;
  }
  return `${[...parts, ...extras].join('\n\n')}\n`;
}

/** The words of the `index`-th heading of every note: other notes link to them. */
export const headingOf = (index: number): string => `Part ${index}`;

function special(random: Random, around: Around): string[] {
  const made: string[] = [];
  if (random.chance(SHARES.code)) made.push(code(random));
  if (random.chance(SHARES.table)) made.push(table(random));
  if (random.chance(SHARES.math)) made.push(math(random));
  if (random.chance(SHARES.image)) made.push(`![[${around.image()}|300]]`);
  if (random.chance(SHARES.diagram)) made.push(diagram(random));
  return made;
}

function frontmatter(random: Random, title: string): string {
  const tags = [random.pick(TAGS), random.pick(TAGS)].map((tag) => `  - ${tag}\n`).join('');
  const day = `20${random.between(15, 26)}-0${random.between(1, 9)}-${random.between(10, 28)}`;
  return `---\naliases:\n  - About ${title}\ntags:\n${tags}created: ${day}\nrating: ${random.between(1, 5)}\n---`;
}

const heading = (random: Random, section: number): string =>
  section === 1 || random.chance(0.3)
    ? `## ${headingOf(section)}`
    : `## ${headingOf(section)}: the ${random.pick(ADJECTIVES)} ${random.pick(NOUNS)}`;

function sentence(random: Random): string {
  const clause = () =>
    `the ${random.pick(ADJECTIVES)} ${random.pick(NOUNS)} ${random.pick(VERBS)} a ${random.pick(NOUNS)}`;
  const text = random.chance(0.6) ? `${clause()}, and ${clause()}` : `${clause()} before ${clause()} in the end`;
  const marked = random.chance(0.15) ? text.replace(/the (\w+ \w+)/, 'the **$1**') : text;
  return `${marked.charAt(0).toUpperCase()}${marked.slice(1)}.`;
}

function paragraph(random: Random, around: Around): string {
  const sentences = Array.from({ length: random.between(3, 5) }, () => sentence(random));
  sentences.push(`See [[${around.link()}]] for more.`);
  if (random.chance(0.2)) sentences.push(`Tagged #${random.pick(TAGS)} today.`);
  return sentences.join(' ');
}

function list(random: Random, around: Around): string {
  const mark = random.pick(['-', '-', '1.', '- [ ]', '- [x]']);
  const items = Array.from({ length: random.between(2, 4) }, () => `${mark} ${sentence(random)}`);
  if (random.chance(0.9)) items.push(`${mark} [[${around.link()}]]`);
  return items.join('\n');
}

function callout(random: Random, around: Around): string {
  return `> [!${random.pick(CALLOUTS)}] ${random.pick(NOUNS)}\n> ${sentence(random)}\n> It goes with [[${around.link()}]].`;
}

function code(random: Random): string {
  const language = random.pick(LANGUAGES);
  return `\`\`\`${language}\n${CODE[language]}\n\`\`\``;
}

function table(random: Random): string {
  const rows = Array.from(
    { length: random.between(3, 6) },
    () => `| ${random.pick(NOUNS)} | ${random.pick(ADJECTIVES)} | ${random.between(1, 900)} |`,
  );
  return ['| What | How | Count |', '| --- | :-: | --: |', ...rows].join('\n');
}

const math = (random: Random): string =>
  `Inline $${random.pick(FORMULAS)}$ and apart:\n\n$$\n${random.pick(FORMULAS)}\n$$`;

function diagram(random: Random): string {
  const [a, b, c] = [random.pick(NOUNS), random.pick(NOUNS), random.pick(NOUNS)];
  return `\`\`\`mermaid\nflowchart LR\n  A[${a}] --> B[${b}]\n  B --> C[${c}]\n  C --> A\n\`\`\``;
}
