import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readFrontmatter, shownProperties } from './frontmatter';

const note = (...lines: string[]) => ['---', ...lines, '---', 'Body'].join('\n');
const read = (...lines: string[]) => readFrontmatter(note(...lines));
const known = (...lines: string[]) => read(...lines).known;
const nothing = { properties: [], links: [], malformed: null, problems: [] };

describe('where properties are (V11)', () => {
  test('between two lines of dashes at the very beginning', () => {
    const text = note('title: One', 'order: 2');
    const { bodyStart, bodyLine, properties } = readFrontmatter(text);
    expect([text.slice(bodyStart), bodyLine, properties.map(({ key, line }) => [key, line])]).toEqual([
      'Body',
      5,
      [
        ['title', 2],
        ['order', 3],
      ],
    ]);
  });
  test.each([
    '',
    'Body',
    '\n---\ntitle: One\n---\n',
    ' ---\ntitle: One\n---',
    '---js\nprocess.exit()\n---\n',
    '+++\ntitle = 1\n+++',
    '--- \n\nA rule, and a text without a second one.',
  ])('%j has none', (text) => expect(readFrontmatter(text)).toMatchObject({ ...nothing, bodyStart: 0, bodyLine: 1 }));
  test('they may be empty, or only comments, and need no body', () => {
    expect(readFrontmatter('---\n---\nBody')).toMatchObject({ ...nothing, bodyStart: 8, bodyLine: 3 });
    expect(readFrontmatter('---\n# nothing yet\n---')).toMatchObject({ ...nothing, bodyStart: 21, bodyLine: 4 });
  });
  test('they may be JSON, indented with tabs', () =>
    expect(known('{', '\t"title": "One: two",', '\t"tags": ["a", "b"]', '}')).toMatchObject({
      title: 'One: two',
      tags: ['a', 'b'],
    }));
  test('a line of dashes inside a value does not close them', () =>
    expect(known('title: a --- b', 'lang: es').lang).toBe('es'));
});

describe('properties that cannot be read (V11)', () => {
  test.each([
    ['a broken list (noticed on the next line)', 4, ['title: One', 'tags: [a, b', 'lang: es']],
    ['a key twice', 3, ['title: One', 'title: Two']],
    ['a placeholder as a name', 2, ['{{date}}: x']],
    ['a forbidden name', 3, ['a: 1', '__proto__: { access: public }']],
    ['a forbidden name, deep', 3, ['a:', '  __proto__: 1']],
    ['deep nesting', 2, [`a: ${'['.repeat(40)}${']'.repeat(40)}`]],
    ['very deep nesting', null, [`a: ${'['.repeat(20_000)}`]],
    ['too many', 2, Array.from({ length: 501 }, (_, i) => `k${i}: 1`)],
    ['too much', 1, [`a: ${'x'.repeat(70_000)}`]],
  ])('%s: told with its line, and nothing is taken from them', (_, line, lines) => {
    const { malformed, properties, bodyStart } = read(...lines);
    expect(malformed).toEqual({ problem: expect.any(String), line: line ?? expect.any(Number) });
    expect([properties, note(...lines).slice(bodyStart)]).toEqual([[], 'Body']);
  });
  test('words between two rules are text, and the note is held back', () =>
    expect(readFrontmatter('---\nOnly words.\n---\nBody')).toMatchObject({ bodyStart: 0, malformed: { line: 2 } }));
  test('properties that are never closed hold the note back', () =>
    expect(readFrontmatter('---\naccess: private\n\nBody')).toMatchObject({ bodyStart: 0, malformed: { line: 1 } }));
  test('aliases that would grow without end stay as they are spelled', () =>
    expect(read('a: &a [x, x]', 'b: &b [*a, *a]', 'c: [*b, *b]').properties[2]).toMatchObject({
      kind: 'object',
      value: ['[*b, *b]'],
    }));
  test('no text makes reading fail', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            '---',
            '\n',
            'a',
            ': ',
            '- ',
            '[',
            ']',
            '{',
            '}',
            '"',
            '#',
            '*a',
            '&a',
            '|',
            '!!js ',
            '\t',
            '? ',
          ),
        ),
        (parts) => {
          const text = `---\n${parts.join('')}\n---\n`;
          const { bodyStart } = readFrontmatter(text);
          expect(bodyStart >= 0 && bodyStart <= text.length).toBe(true);
        },
      ),
    ));
});

describe('values keep their spelling (V12)', () => {
  test.each([
    ['2020-08-21', 'date', ['2020-08-21']],
    ['2020-13-41', 'text', ['2020-13-41']],
    ['2020-08-21T10:00', 'datetime', ['2020-08-21T10:00']],
    ['no', 'text', ['no']],
    ['012', 'number', ['012']],
    ['1:30', 'text', ['1:30']],
    ['1.10', 'number', ['1.10']],
    ['0x1F', 'number', ['0x1F']],
    ['12345678901234567890', 'number', ['12345678901234567890']],
    ['True', 'checkbox', ['True']],
    ['"true"', 'text', ['true']],
    ['', 'empty', []],
    ['~', 'empty', []],
    ['""', 'empty', []],
    ['[a, 012, no]', 'list', ['a', '012', 'no']],
    ['[]', 'list', []],
    ['{ b: 1, a: [2] }', 'object', ['{ b: 1, a: [2] }']],
    ['[[Note]]', 'object', ['[[Note]]']],
    ['!!binary aGk=', 'text', ['aGk=']],
    ['|\n  two\n  lines', 'text', ['two\nlines']],
  ])('%s', (value, kind, expected) =>
    expect(read(`x: ${value}`).properties[0]).toEqual({ key: 'x', line: 2, kind, value: expected }),
  );
  test('tags are a kind of their own', () =>
    expect(read('Tags: a').properties[0]).toMatchObject({ key: 'Tags', kind: 'tags' }));
});

describe('what Trastienda knows', () => {
  test('lists may be a list, one text or texts with commas, under old names too (V13)', () => {
    expect(known('tags: [course/http, "#web", Web]').tags).toEqual(['course/http', 'web']);
    expect(known('tag: a, b c').tags).toEqual(['a', 'b', 'c']);
    expect(known('tags: 1984').tags).toEqual([]);
    expect(known('aliases:', '  - Uno, dos', '  - Three').aliases).toEqual(['Uno, dos', 'Three']);
    expect(known('alias: Uno, dos').aliases).toEqual(['Uno', 'dos']);
    expect(known('cssclass: wide dark', 'cssclasses: [wide, "x{}"]').cssclasses).toEqual(['wide', 'dark']);
  });
  test.each([
    ['true', true, 0],
    ['false', false, 0],
    ['no', false, 0],
    ['', null, 0],
    ['yes', false, 1],
    ['[true]', true, 0],
    ['{ a: 1 }', false, 1],
  ])('publish: %s is %s (V14)', (value, publish, problems) => {
    const found = read(`publish: ${value}`);
    expect([found.known.publish, found.problems.length]).toEqual([publish, problems]);
  });
  test('titles, pictures, dates and languages (V16)', () => {
    expect(
      known('title: 2024', 'description: Yes', 'cover: "[[Pics/a.png|200]]"', 'permalink: /x', 'id: 007'),
    ).toMatchObject({
      title: '2024',
      description: 'Yes',
      image: 'Pics/a.png',
      permalink: '/x',
      id: '007',
    });
    expect(known('date: 2024-02-03', 'modified: 2024-02-03T10:00', 'lang: ES-mx')).toMatchObject({
      created: '2024-02-03',
      updated: '2024-02-03T10:00',
      lang: 'es-MX',
    });
    expect(known('created: soon', 'image: https://example.org/a.png')).toMatchObject({
      created: null,
      image: 'https://example.org/a.png',
    });
    expect(read('title: One', 'lang: spanglish!!').problems).toEqual([
      { problem: expect.stringContaining('spanglish'), line: 3 },
    ]);
  });
  test('order is a number', () => {
    expect(known('order: -1.5').order).toBe(-1.5);
    expect(read('order: first')).toMatchObject({ known: { order: null }, problems: [{ line: 2 }] });
  });
  test('unlisted is told to have no effect, unless it asks for none', () => {
    expect(read('title: One', 'unlisted: true').problems).toEqual([
      { problem: expect.stringContaining('access: private'), line: 3 },
    ]);
    expect(read('unlisted: false').problems).toEqual([]);
    expect(read('unlisted:').problems).toEqual([]);
  });
  test('translations are one, several, or by language', () => {
    expect(known('translation: en/1 The request/Status codes.md').translations).toEqual([
      { language: null, target: 'en/1 The request/Status codes' },
    ]);
    expect(known('translations: { EN: "Yes, no", fr: b }').translations.at(-1)).toEqual({
      language: 'fr',
      target: 'b',
    });
    expect(known('translations:', '  en: One, two', '  fr: "[[Deux]]"').translations).toEqual([
      { language: 'en', target: 'One, two' },
      { language: 'fr', target: 'Deux' },
    ]);
  });
});

test('links inside properties count, with their line (V17)', () =>
  expect(
    read('up: "[[Index]]"', 'see:', '  - "[[One|1]] and [[Two]]"', 'deep: { a: "[[Three]]" }', 'tags: "#none"').links,
  ).toEqual([
    { line: 2, text: '[[Index]]' },
    { line: 4, text: '[[One|1]] and [[Two]]' },
    { line: 5, text: '[[Three]]' },
  ]));

test('only the properties a note lists are shown (V18)', () => {
  const { properties } = read(
    'show: [Status, access, deep]',
    'status: draft',
    'salary: 1',
    'access: public',
    'deep: { a: 1 }',
  );
  expect(shownProperties(properties).map(({ key }) => key)).toEqual(['status']);
});
