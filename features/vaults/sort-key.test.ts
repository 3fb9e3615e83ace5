import { describe, expect, it } from 'vitest';
import { sortKeyOf } from './sort-key';

const sorted = (paths: string[], order: Record<string, number> = {}) =>
  paths
    .map((path) => ({ path, key: Buffer.from(sortKeyOf(path, order[path] ?? null)) }))
    .sort((a, b) => Buffer.compare(a.key, b.key))
    .map(({ path }) => path);

describe('the order of a vault', () => {
  it('is folders before notes, each as a person counts', () =>
    expect(sorted(['b.md', 'a 10.md', 'a 2.md', 'Z/x.md', 'c/b/x.md', 'c/a.md', 'É.md', 'f.md'])).toEqual([
      'c/b/x.md',
      'c/a.md',
      'Z/x.md',
      'a 2.md',
      'a 10.md',
      'b.md',
      'É.md',
      'f.md',
    ]));

  it('puts notes with an order first, negative ones before all, however large', () =>
    expect(
      sorted(['a.md', 'b.md', 'c.md', 'd.md', 'e.md'], {
        e: 0,
        'e.md': -1e300,
        'd.md': -2,
        'c.md': 1.5,
        'b.md': 1e300,
      }),
    ).toEqual(['e.md', 'd.md', 'c.md', 'b.md', 'a.md']));

  it('tells apart names that differ only in case or composition', () => {
    const paths = ['Index.md', 'index.md', 'Café.md'.normalize('NFC'), 'Café.md'.normalize('NFD')];
    expect(new Set(paths.map((path) => sortKeyOf(path, null))).size).toBe(4);
  });

  it('fits an index entry for the longest paths, and still tells them apart', () => {
    for (const unit of ['a1', '日本', '😀', 'ñ', 'İ']) {
      const long = (end: string) =>
        `${unit.repeat(1000)}`.slice(0, Math.floor((1000 * unit.length) / Buffer.byteLength(unit)) & ~1) + end;
      const keys = [long('a.md'), long('b.md'), `x/${long('a.md')}`].map((path) => sortKeyOf(path, 5));
      for (const key of keys) expect(Buffer.byteLength(key)).toBeLessThanOrEqual(2_400);
      expect(new Set(keys).size).toBe(3);
    }
  });
});
