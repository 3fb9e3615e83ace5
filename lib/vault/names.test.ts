import { describe, expect, test } from 'vitest';
import { assignAddresses } from './address';
import { findHome } from './home';
import { baseName, collisions, folderOf, nameKeys, nameProblems } from './names';
import { assignRedirects } from './redirects';
import { translationPaths } from './translations';

test('a path has a folder and a name', () => {
  expect([folderOf('a/b/c.md'), baseName('a/b/c.md'), folderOf('c.md'), baseName('c.md')]).toEqual([
    'a/b',
    'c.md',
    '',
    'c.md',
  ]);
});

test('a note answers to its name with and without .md, a file to its name alone', () => {
  expect(nameKeys('x/Foo .MD')).toEqual(['foo', 'foo.md']);
  expect(nameKeys('x/Foo.PNG')).toEqual(['foo.png']);
});

test('paths that differ in case or composition alone are told (V03)', () =>
  expect(collisions(['a/Café.md', 'b.md', 'A/Cafe\u0301.md'])).toEqual([['A/Cafe\u0301.md', 'a/Café.md']]));

describe('names that may break a link are told (V05)', () => {
  test.each([
    'a#b.md',
    'a|b.md',
    'a^b.md',
    'a: b.md',
    '100%%.md',
    '[[x]].md',
    'a\\b.md',
    'a\u0007.md',
    'a\u200bb.md',
    'a .md',
    ' a/b.md',
  ])('%j', (path) => expect(nameProblems(path)).toHaveLength(1));
  test.each(['100%.md', 'a&b + c?.md', 'v1.2 [draft].md', '👩‍💻.md'])('%j is fine', (path) =>
    expect(nameProblems(path)).toEqual([]),
  );
});

describe('other addresses of a note (V15)', () => {
  const redirects = (...notes: Parameters<typeof assignRedirects>[0]) =>
    Object.fromEntries(assignRedirects(notes, assignAddresses(notes)));

  test('a permalink leaves the path behind', () =>
    expect(redirects({ path: 'Guides/Old way.md', permalink: 'new' })).toEqual({
      'guides/old-way': 'Guides/Old way.md',
    }));
  test('an alias that is a whole path leads to the note, another does not', () =>
    expect(
      redirects({ path: 'A.md', aliases: ['Guides/Making friends', 'Friends', 'and/', 'https://example.org/x'] }),
    ).toEqual({ 'guides/making-friends': 'A.md' }));
  test('a folder leads to its index or its namesake', () =>
    expect(redirects({ path: 'Stuff/index.md' }, { path: 'Things/Things.md' }, { path: 'Other/x.md' })).toEqual({
      stuff: 'Stuff/index.md',
      things: 'Things/Things.md',
    }));
  test('an address in use is never a redirect, and a former address comes before an alias', () =>
    expect(
      redirects(
        { path: 'Stuff.md' },
        { path: 'Stuff/index.md' },
        { path: 'a.md', aliases: ['x/y'] },
        { path: 'b.md', former: ['x/y', 'stuff'] },
      ),
    ).toEqual({ 'x/y': 'b.md' }));
});

describe('the home of a vault', () => {
  test.each([
    [['a.md', 'index.md'], 'a', 'a.md'],
    [['x/Inicio.md', 'Inicio.md'], 'inicio', 'Inicio.md'],
    [['x/Start.md'], 'Start.md', 'x/Start.md'],
    [['x/Start.md', 'y.md'], '/x/start', 'x/Start.md'],
    [['README.md', 'Home.md', 'x/index.md'], null, 'Home.md'],
    [['a.md', 'index.md'], 'gone', 'index.md'],
    [['a.md', 'course.md'], null, 'course.md'],
    [['a.md'], null, 'a.md'],
    [['a.md', 'b.md'], null, null],
    [['a.png'], null, null],
  ])('of %j with home %s is %s', (paths, home, expected) => expect(findHome(paths, home, 'Course')).toBe(expected));
});

test('translations are addressed by slug and path', () => {
  const settings = { translations: { en: 'en-course', fr: 'fr' } };
  const paths = (language: string | null, target: string) => translationPaths([{ language, target }], settings);
  expect(paths(null, 'en-course/1 One/Two')).toEqual(['en-course/1 One/Two']);
  expect(paths('fr', 'Deux')).toEqual(['fr/Deux']);
  expect(paths('en', '1 One/Two')).toEqual(['en-course/1 One/Two']);
  expect(paths(null, 'elsewhere/Two')).toEqual(['elsewhere/Two']);
  expect(paths(null, 'Two')).toEqual([]);
  expect(paths('de', 'Zwei')).toEqual([]);
});
