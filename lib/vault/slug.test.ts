import fc from 'fast-check';
import { expect, test } from 'vitest';
import { slugOf, slugProblem } from './slug';

test.each([
  ['My Vault', 'my-vault'],
  ['Química 2º', 'quimica-2o'],
  ['日本語', 'vault'],
  ['search', 'search-notes'],
  ['_next', 'next'],
  ['x'.repeat(80), 'x'.repeat(63)],
])('the folder %s becomes %s', (folder, slug) => expect(slugOf(folder)).toBe(slug));

test.each(['', '-', 's', 'API', 'a b', 'robots.txt', 'files', '-a', 'a-', 'x'.repeat(64), 'ñ', '..'])(
  '%j is no slug',
  (slug) => expect(slugProblem(slug)).not.toBeNull(),
);

test('every folder gives a valid slug', () =>
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (folder) => slugProblem(slugOf(folder)) === null)));
