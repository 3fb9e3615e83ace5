import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressKey, addressOf, assignAddresses, decodeSafely, toHref } from './address';

describe('addressOf', () => {
  test.each([
    ['Guides/Start here.md', 'Guides/Start-here'],
    ['Introducción al backend.md', 'Introducción-al-backend'],
    ['v1.2 notes.md', 'v1.2-notes'],
    ['007.jpg.md', '007.jpg'],
    ['A - B.md', 'A-B'],
    ['a--b.md', 'a--b'],
    ["Ada's R&D + tests.md", "Ada's-R&D-+-tests"],
    ['¿Qué es HTTP?.md', '¿Qué-es-HTTP'],
    ['100%.md', '100'],
    ['C# and F#.md', 'C-and-F'],
    [' spaced .md', 'spaced'],
    ['🌱 Seeds.MD', '🌱-Seeds'],
    ['👩‍💻.md', '👩‍💻'],
    ['Cafe\u0301.md', 'Café'],
    ['-/x.md', '_/x'],
    ['x/-.md', 'x/-'],
    ['???.md', '_'],
    ['a/../b', 'a/_/b'],
    ['tab\there\u202e.md', 'tab-here'],
    ['/course//one/', 'course/one'],
    ['\uD800x.md', '\uFFFDx'],
  ])('%j is at %j', (path, address) => expect(addressOf(path)).toBe(address));

  test('no address can leave its place or break a URL', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (path) => {
        const href = toHref('course', addressOf(path));
        expect(new URL(href, 'https://example.org').pathname).toBe(href);
        expect(decodeURIComponent(href)).toBe(`/course${addressOf(path) === '' ? '' : `/${addressOf(path)}`}`);
      }),
    ));
});

describe('addressKey', () => {
  test.each([
    'Guides/Start-here',
    'guides/start-here',
    'Guides/Start here',
    'Guides/Start%20here',
    'Guides/Start+here',
    'Guides/Start-here.md',
    '/Guides/Start-here/',
  ])('%s leads to the note', (spelling) =>
    expect(addressKey(spelling)).toBe(addressKey(addressOf('Guides/Start here.md'))),
  );
  test('no text makes it fail', () =>
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof addressKey(text) === 'string')));
});

test('a stray percent sign is only a percent sign (V04)', () => {
  expect(decodeSafely('100%20done 50% %zz %ff%C3%B1')).toBe('100 done 50% %zz %ff%C3%B1');
  expect(decodeSafely('Three%20laws')).toBe('Three laws');
});

describe('assignAddresses (V08)', () => {
  const at = (...paths: string[]) => Object.fromEntries(assignAddresses(paths.map((path) => ({ path }))));

  test('a note and a folder of one name, index and README, each have their own', () =>
    expect(at('Stuff.md', 'Stuff/One.md', 'Stuff/index.md', 'index.md', 'Index.md', 'README.md', '007.jpg.md')).toEqual(
      {
        'Stuff.md': 'Stuff',
        'Stuff/One.md': 'Stuff/One',
        'Stuff/index.md': 'Stuff/index',
        'index.md': 'index',
        'Index.md': 'Index',
        'README.md': 'README',
        '007.jpg.md': '007.jpg',
      },
    ));
  test('of two with one address the second by path gets a number, whatever numbers are taken', () =>
    expect(at('A b.md', 'A-b.md', 'A?b.md', 'A-b-2.md')).toEqual({
      'A b.md': 'A-b',
      'A-b.md': 'A-b-3',
      'A?b.md': 'A-b-4',
      'A-b-2.md': 'A-b-2',
    }));
  test('a permalink comes before a path', () => {
    const notes = [{ path: 'Syntax.md' }, { path: 'Zoo.md', permalink: '/Syntax/' }];
    expect(Object.fromEntries(assignAddresses(notes))).toEqual({ 'Zoo.md': 'Syntax', 'Syntax.md': 'Syntax-2' });
  });
  test('a note keeps its address when another comes or goes', () => {
    const first = assignAddresses([{ path: 'B x.md' }, { path: 'B?x.md' }]);
    expect(first.get('B?x.md')).toBe('B-x-2');
    expect(assignAddresses([{ path: 'B?x.md' }], first).get('B?x.md')).toBe('B-x-2');
    const more = assignAddresses([{ path: 'B  x.md' }, { path: 'B x.md' }, { path: 'B?x.md' }], first);
    expect([...first].every(([path, address]) => more.get(path) === address)).toBe(true);
  });
  test('a permalink that changed moves the note', () =>
    expect(assignAddresses([{ path: 'A.md', permalink: 'new' }], new Map([['A.md', 'old']])).get('A.md')).toBe('new'));
  test('a permalink that says nothing is none', () =>
    expect(assignAddresses([{ path: 'A.md', permalink: ' / ' }]).get('A.md')).toBe('A'));

  test('what other notes have is taken, before and behind a number', () =>
    expect(assignAddresses([{ path: 'A.md' }, { path: 'B.md' }], new Map(), ['A', 'A-2']).get('A.md')).toBe('A-3'));

  const name = fc.string({ unit: fc.constantFrom('a', 'A', ' ', '-', '2', '?', '/'), minLength: 1, maxLength: 6 });
  test('addresses are unique and do not depend on the order of the notes', () =>
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { maxLength: 12 }),
        fc.array(fc.option(name), { minLength: 12, maxLength: 12 }),
        (names, permalinks) => {
          const notes = names.map((path, i) => ({ path: `${path}.md`, permalink: permalinks[i] ?? null }));
          const assigned = assignAddresses(notes);
          expect(assigned.size).toBe(notes.length);
          expect(new Set(assigned.values()).size).toBe(notes.length);
          expect(assignAddresses([...notes].reverse())).toEqual(assigned);
          expect(assignAddresses(notes, assigned)).toEqual(assigned);
        },
      ),
    ));
});
