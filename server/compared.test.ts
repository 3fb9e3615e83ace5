import { expect, it } from 'vitest';
import { readCompared, withCompared } from './compared';

it('knows the five modes of a note, and which of them are the same for everyone', () => {
  expect(readCompared('/compare/static/en/A/b')).toEqual({ mode: 'static', page: '/en/A/b', forEveryone: true });
  expect(readCompared('/compare/revalidated/en')).toMatchObject({ page: '/en', forEveryone: true });
  for (const mode of ['partial', 'streamed', 'dynamic'])
    expect(readCompared(`/compare/${mode}/en`)).toEqual({ mode, page: '/en', forEveryone: false });
});

it('takes nothing else for one', () => {
  for (const path of ['/compare', '/compare/en/A', '/compare/static', '/compare/static/', '/compare/static//en', '/en'])
    expect(readCompared(path), path).toBeNull();
});

it('forgets the comparison of a note with the note', () => {
  expect(withCompared(['/en/A', '/en/-/*', '/', '/-/*', '/sitemap.xml'])).toEqual([
    '/en/A',
    '/en/-/*',
    '/',
    '/-/*',
    '/sitemap.xml',
    '/compare',
    '/compare/static/en/A',
    '/compare/static/en/-/*',
  ]);
});
