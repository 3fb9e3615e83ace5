import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readOrders } from './arguments';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'trastienda-arguments-'));
  for (const name of ['content/course', 'content/drafts', 'Química 2º', 'course', 'studio'])
    await mkdir(path.join(root, name), { recursive: true });
  await writeFile(path.join(root, 'content/course/trastienda.yaml'), 'title: Course\n');
  await writeFile(path.join(root, 'note.md'), '# A note\n');
});
afterAll(() => rm(root, { recursive: true, force: true }));
const read = (...args: string[]) => readOrders(args, root, root);

describe('the command line', () => {
  it('publishes the bundled vaults: folders of content/ with settings', () => {
    expect(read()).toEqual([{ folder: path.join(root, 'content/course'), slug: 'course' }]);
  });

  it('adds the folder it is given, under its own name or another', () => {
    expect(read('Química 2º').at(-1)).toEqual({
      folder: path.join(root, 'Química 2º'),
      slug: 'quimica-2o',
      access: undefined,
    });
    expect(read('course', '--vault', 'mine', '--access', 'public').at(-1)).toMatchObject({
      slug: 'mine',
      access: 'public',
    });
  });

  it('takes a bundled folder for itself', () => {
    expect(read('content/course', '--access', 'private')).toEqual([
      { folder: path.join(root, 'content/course'), slug: 'course', access: 'private' },
    ]);
  });

  it.each([
    [['nowhere'], /There is no folder/],
    [['note.md'], /is a file/],
    [['course'], /belongs to a bundled vault/],
    [['course', '--vault', 'studio'], /address of the site itself/],
    [['course', '--vault', 'Not Good'], /cannot be a vault's address/],
    [['course', '--vault', 'x', '--access', 'everyone'], /one of public, members, private/],
    [['course', 'studio'], /Only one folder/],
    [['--vault', 'x'], /Say which folder/],
    [['course', '--fast'], /--fast/],
  ])('refuses %j in a sentence', (args, sentence) => {
    expect(() => read(...args)).toThrow(sentence);
    expect(() => read(...args)).toThrow(expect.objectContaining({ exitCode: 2 }));
  });
});
