import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isNotePath } from './names';
import { decodeTarget, lookupKeys, type Named, Names, resolve, targetKey } from './resolve';

const names = (...paths: string[]) =>
  new Names(paths.map((path): Named => ({ path, kind: isNotePath(path) ? 'note' : 'file' })));

/** `path`, or `path ? others` when in doubt, or the kind. */
function lead(index: Names<Named>, from: string, target: string): string {
  const found = resolve(index, from, target);
  if (found.kind !== 'found') return found.kind;
  return found.ambiguous.length > 0 ? `${found.ambiguous.map((each) => each.path).join(' ? ')}` : found.entry.path;
}

describe('the order of resolution (V28)', () => {
  const vault = names(
    'Moon.md',
    'Sky/Moon.png',
    'Sky/Stars.md',
    'Sky/Far/Comet.md',
    'Sea/Far/Comet.md',
    'v1.2 notes.md',
    '007.jpg',
    '007.jpg.md',
    'Sky/plain',
  );
  test.each([
    ['Sky/Stars.md', '', 'self'],
    ['Sky/Stars.md', ' ', 'self'],
    ['Sky/Stars.md', './Far/Comet', 'Sky/Far/Comet.md'],
    ['Sky/Stars.md', '../Moon', 'Moon.md'],
    ['Sky/Stars.md', '../../Moon', 'missing'],
    ['Sky/Stars.md', './Moon', 'missing'],
    ['Sky/Stars.md', '/Sky/Stars', 'Sky/Stars.md'],
    ['Sky/Stars.md', '/Stars', 'missing'],
    ['Moon.md', 'Sky/Stars', 'Sky/Stars.md'],
    ['Moon.md', 'Sky/Stars.md', 'Sky/Stars.md'],
    ['Moon.md', 'sky/STARS', 'Sky/Stars.md'],
    ['Moon.md', 'Sky/../Moon', 'Moon.md'],
    ['Moon.md', 'Sea/Far/Comet', 'Sea/Far/Comet.md'],
    ['Moon.md', 'Far/Comet', 'Sea/Far/Comet.md ? Sky/Far/Comet.md'],
    ['Moon.md', 'ar/Comet', 'missing'],
    ['Moon.md', 'Stars', 'Sky/Stars.md'],
    ['Moon.md', 'Moon.png', 'Sky/Moon.png'],
    ['Moon.md', 'Sky/', 'missing'],
    ['Moon.md', 'Sky', 'missing'],
    ['Moon.md', 'v1.2 notes', 'v1.2 notes.md'],
    ['Moon.md', '007.jpg', '007.jpg'],
    ['Moon.md', '007.jpg.md', '007.jpg.md'],
    ['Moon.md', '007', 'missing'],
    ['Moon.md', 'plain', 'Sky/plain'],
    ['Moon.md', '100%', 'missing'],
  ])('from %s, [[%s]] → %s', (from, target, expected) => expect(lead(vault, from, target)).toBe(expected));

  test('the exact spelling comes before another case', () =>
    expect(lead(names('x/foo.md', 'x/Foo.md'), 'a.md', 'x/Foo')).toBe('x/Foo.md'));
  test('a note comes before a file without extension, a file before a note called like it', () => {
    expect(lead(names('a/Foo', 'a/Foo.md'), 'b.md', 'Foo')).toBe('a/Foo.md');
    expect(lead(names('a/Foo.pdf', 'Foo.pdf.md'), 'b.md', '/Foo.pdf')).toBe('Foo.pdf.md');
    expect(lead(names('Foo.pdf', 'Foo.pdf.md'), 'b.md', 'Foo.pdf')).toBe('Foo.pdf');
  });
  test('composed and decomposed spellings are one name', () =>
    expect(lead(names('Cafe\u0301.md'), 'a.md', 'Café')).toBe('Cafe\u0301.md'));
  test('spaces around a name do not count', () => {
    expect(lead(names('Tail .md'), 'a.md', 'Tail')).toBe('Tail .md');
    expect(lead(names('Tail .md'), 'a.md', ' tail .md')).toBe('Tail .md');
  });
});

describe('duplicates (V29)', () => {
  test('fewest folders win, then the path, and the doubt is told', () =>
    expect(lead(names('b/Foo.md', 'a/x/Foo.md', 'a/Foo.md', 'z/y/x/Foo.md'), 'z/y/x/n.md', 'Foo')).toBe(
      'a/Foo.md ? b/Foo.md ? a/x/Foo.md ? z/y/x/Foo.md',
    ));
  test('one at the root wins and the doubt is told', () =>
    expect(lead(names('a/Foo.md', 'Foo.md'), 'a/n.md', 'Foo')).toBe('Foo.md ? a/Foo.md'));
  test('a path from the root leaves no doubt', () =>
    expect(lead(names('a/Foo.md', 'b/a/Foo.md'), 'n.md', 'a/Foo')).toBe('a/Foo.md'));
  test('a note and a file of another kind are no duplicates', () =>
    expect(lead(names('Foo.md', 'x/Foo.pdf'), 'n.md', 'Foo')).toBe('Foo.md'));

  const segment = fc.constantFrom('a', 'A', 'b', 'foo', 'Foo', 'foo.png');
  const path = fc.array(segment, { minLength: 1, maxLength: 3 }).map((each) => each.join('/'));
  const note = path.map((each) => `${each}.md`);
  test('the answer does not depend on the order of the entries', () =>
    fc.assert(
      fc.property(fc.uniqueArray(fc.oneof(note, path), { maxLength: 10 }), note, path, (paths, from, target) => {
        const found = lead(names(...paths), from, target);
        expect(lead(names(...[...paths].reverse()), from, target)).toBe(found);
        const chosen = resolve(names(...paths), from, target);
        if (chosen.kind === 'found' && chosen.ambiguous.length > 0) expect(chosen.ambiguous[0]).toBe(chosen.entry);
      }),
    ));
  test('the entries under the keys of a target are enough (V30)', () =>
    fc.assert(
      fc.property(fc.uniqueArray(note, { maxLength: 10 }), note, fc.oneof(path, note), (paths, from, target) => {
        const whole = names(...paths);
        const part = whole.named(targetKey(target)).map((entry) => entry.path);
        expect(lead(names(...part), from, target)).toBe(lead(whole, from, target));
      }),
    ));
});

test('a link to a note is looked up with and without .md', () => {
  expect(targetKey('Guides/Foo.MD')).toBe('foo.md');
  expect(lookupKeys('Guides/Foo.MD')).toEqual(['foo.md', 'foo']);
  expect(lookupKeys('Foo')).toEqual(['foo']);
});

test('an alias does not resolve, it is suggested (V26)', () =>
  expect(
    resolve(names('Artificial intelligence.md'), 'n.md', 'AI', new Map([['ai', 'Artificial intelligence.md']])),
  ).toEqual({
    kind: 'missing',
    suggestion: 'Artificial intelligence.md',
  }));

test("a Markdown link's target is decoded, and a stray % is kept (V22)", () => {
  expect(decodeTarget('Three%20laws.md')).toBe('Three laws.md');
  expect(decodeTarget('100%.md')).toBe('100%.md');
});
