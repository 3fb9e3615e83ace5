import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filePath } from './file-name';

describe('where a file goes', () => {
  it.each([
    ['plan.pdf', '', 'plan.pdf'],
    ['C:\\fakepath\\plan.pdf', '', 'plan.pdf'],
    ['/home/ada/plan.pdf', 'Files', 'Files/plan.pdf'],
    ['a\u0301.png', ' Fotos / a\u0301 /', 'Fotos/\u00e1/\u00e1.png'],
    ['C# notes?.pdf', 'a\\b', 'a/b/C# notes?.pdf'],
    [' 日本.txt ', '', '日本.txt'],
  ])('%j into %j', (name, folder, path) => expect(filePath(name, folder)).toEqual({ path }));

  it.each([
    ['', '', 'empty'],
    ['folder/', '', 'empty'],
    [`${'é'.repeat(128)}`, '', 'long'],
    ['a.png', 'x/'.repeat(33), 'long'],
    ['Note.md', '', 'note'],
    ['trastienda.yaml', '', 'note'],
    ['.env', '', 'hidden'],
    ['a.png', '.obsidian', 'hidden'],
    ['a\u0000.png', '', 'characters'],
    ['gpj\u202e.exe', '', 'characters'],
    ['\ud800.png', '', 'characters'],
    ['a.png', '../..', 'outside'],
    ['..', '', 'outside'],
  ])('refuses %j in %j: %s', (name, folder, problem) => expect(filePath(name, folder)).toEqual({ problem }));

  it('never leads out of the vault, whatever it is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (name, folder) => {
        const found = filePath(name, folder);
        if ('path' in found) expect(found.path).not.toMatch(/(?:^|\/)\.|\/\/|^\/|\/$|[\0\\]/);
      }),
    );
  });
});
