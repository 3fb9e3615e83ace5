import { describe, expect, test, vi } from 'vitest';
import { diff, type Known } from './changes';
import type { Entry } from './entry';

type File = { path: string; hash: string; size?: number; modified?: number; id?: string };
const known = ({ size = 1, modified = 1, ...rest }: File): Known => ({ size, modified, ...rest });

async function changes(before: File[], now: File[], options = {}) {
  const identify = vi.fn(async ({ path }: Entry) => {
    const file = now.find((each) => each.path === path);
    if (!file || file.hash === 'unreadable') throw new Error('not readable');
    return { hash: file.hash, id: file.id ?? null };
  });
  const entries = now.map(({ path, size = 1, modified = 1 }): Entry => ({ path, kind: 'note', size, modified }));
  const found = await diff(before.map(known), entries, identify, options);
  return {
    asked: identify.mock.calls.map(([entry]) => entry.path),
    added: found.added.map(({ path }) => path),
    updated: found.updated.map(({ to }) => to.path),
    unchanged: found.unchanged.map(({ to }) => to.path),
    removed: found.removed.map(({ path }) => path),
    renamed: found.renamed.map(({ from, to }) => `${from.path} → ${to.path}`),
    skipped: found.skipped.map(({ path }) => path),
  };
}
const none = { asked: [], added: [], updated: [], unchanged: [], removed: [], renamed: [], skipped: [] };

describe('what has changed in a vault (V09)', () => {
  test('nothing: no file is read', async () =>
    expect(await changes([{ path: 'a.md', hash: '1' }], [{ path: 'a.md', hash: '1' }])).toEqual({
      ...none,
      unchanged: ['a.md'],
    }));
  test('a file saved again with the same bytes is unchanged', async () =>
    expect(await changes([{ path: 'a.md', hash: '1' }], [{ path: 'a.md', hash: '1', modified: 2 }])).toEqual({
      ...none,
      asked: ['a.md'],
      unchanged: ['a.md'],
    }));
  test('a change behind the same size and time is found when always looking', async () =>
    expect(await changes([{ path: 'a.md', hash: '1' }], [{ path: 'a.md', hash: '2' }], { always: true })).toMatchObject(
      { updated: ['a.md'] },
    ));
  test('added, updated and removed', async () =>
    expect(
      await changes(
        [
          { path: 'a.md', hash: '1' },
          { path: 'b.md', hash: '2' },
        ],
        [
          { path: 'b.md', hash: '3', size: 2 },
          { path: 'c.md', hash: '4' },
        ],
      ),
    ).toMatchObject({ added: ['c.md'], updated: ['b.md'], removed: ['a.md'], renamed: [] }));
  test('the same bytes at another path are a rename', async () =>
    expect(await changes([{ path: 'a.md', hash: '1' }], [{ path: 'x/b.md', hash: '1' }])).toMatchObject({
      renamed: ['a.md → x/b.md'],
      added: [],
      removed: [],
    }));
  test('the same id is a rename though the bytes changed, and comes before the bytes', async () =>
    expect(
      await changes(
        [
          { path: 'a.md', hash: '1', id: 'A' },
          { path: 'b.md', hash: '2' },
        ],
        [
          { path: 'c.md', hash: '2', id: 'A' },
          { path: 'd.md', hash: '1' },
        ],
      ),
    ).toMatchObject({ renamed: ['a.md → c.md'], added: ['d.md'], removed: ['b.md'] }));
  test('a copy is no rename', async () =>
    expect(
      await changes(
        [{ path: 'a.md', hash: '1' }],
        [
          { path: 'a.md', hash: '1' },
          { path: 'b.md', hash: '1' },
        ],
      ),
    ).toMatchObject({ added: ['b.md'], renamed: [] }));
  test('no rename when more than one could be meant, or the files are empty, or of another kind', async () => {
    expect(
      await changes(
        [{ path: 'a.md', hash: '1' }],
        [
          { path: 'b.md', hash: '1' },
          { path: 'c.md', hash: '1' },
        ],
      ),
    ).toMatchObject({ renamed: [] });
    expect(await changes([{ path: 'a.md', hash: '0', size: 0 }], [{ path: 'b.md', hash: '0', size: 0 }])).toMatchObject(
      { renamed: [] },
    );
    expect(await changes([{ path: 'a.md', hash: '1' }], [{ path: 'a.txt', hash: '1' }])).toMatchObject({ renamed: [] });
  });
  test('a file that cannot be read stops nothing and is not removed', async () =>
    expect(
      await changes(
        [{ path: 'a.md', hash: '1' }],
        [
          { path: 'a.md', hash: 'unreadable', size: 2 },
          { path: 'b.md', hash: '2' },
        ],
      ),
    ).toMatchObject({
      skipped: ['a.md'],
      added: ['b.md'],
      removed: [],
    }));
});
