import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { EMPTY_SETTINGS, parseSettings, readSettings, VaultSettingsError } from './settings';

describe('trastienda.yaml', () => {
  test('says what the vault is', () =>
    expect(
      parseSettings(`title: 2024
description: A course
language: ES-mx
access: group:Teachers
home: Inicio
folders:
  /Answers/: private
  Open: Public
translations: { en: en-course }
exclude:
  - Drafts
  - /\\.tmp$/
`),
    ).toEqual({
      title: '2024',
      description: 'A course',
      language: 'es-MX',
      access: { level: 'group', group: 'Teachers' },
      folders: [
        { path: 'Answers', access: { level: 'private' } },
        { path: 'Open', access: { level: 'public' } },
      ],
      home: 'Inicio',
      translations: { en: 'en-course' },
      strictLineBreaks: false,
      exclude: ['Drafts', '/\\.tmp$/'],
    }));
  test.each(['', '\n', '# nothing yet\n', 'title:\naccess:\nfolders:\nexclude:\ntranslations:\n', '{}'])(
    '%j says nothing',
    (text) => expect(parseSettings(text)).toEqual(EMPTY_SETTINGS),
  );

  test.each([
    ['title: A\ncolour: red', 2, 'colour', 'title, description, language'],
    ['title: A\naccess: everyone', 2, 'access', 'public, members, private or group:<name>'],
    ['folders:\n  a: public\n  b: secret', 3, 'folders → b', 'public, members, private or group:<name>'],
    ['folders: [a]', 1, 'folders', 'folder: access'],
    ['folders:\n  A: public\n  a/: private', 1, 'folders', 'two rules'],
    ['language: spanglish!', 1, 'language', 'es or en-GB'],
    ['translations:\n  en: search', 2, 'translations → en', 'an address of the site'],
    ['exclude:\n  - ok\n  - /(a+)+/', 3, 'exclude → 1', 'regular expression'],
    ['exclude: Drafts', 1, 'exclude', 'a list of paths'],
    ['title: { a: b }', 1, 'title', 'must be text'],
    ['title: A\ntitle: B', 2, '', 'not valid YAML'],
    ['title: [a', 1, '', 'not valid YAML'],
    ['- a\n- b', 1, '', 'a list of settings'],
  ])('%j is refused with its line, key and what is allowed', (text, line, key, words) => {
    const error = catchError(() => parseSettings(text));
    expect(error).toMatchObject({ file: 'trastienda.yaml', line });
    expect(error.message).toContain(`trastienda.yaml, line ${line}: ${key}`);
    expect(error.message).toContain(words);
  });
});

function catchError(work: () => unknown): VaultSettingsError {
  try {
    work();
  } catch (error) {
    if (error instanceof VaultSettingsError) return error;
  }
  throw new Error('nothing was refused');
}

describe("a vault's folder (V02)", () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'settings-'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));
  const put = async (path: string, content: string) => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  };

  test('without settings says nothing', async () =>
    expect(await readSettings(root)).toEqual({ settings: EMPTY_SETTINGS, source: null, problems: [] }));
  test("is read with Obsidian's settings", async () => {
    await put('trastienda.yaml', '\uFEFFtitle: A\nexclude: [Drafts]\n');
    await put(
      '.obsidian/app.json',
      '{"strictLineBreaks": true, "userIgnoreFilters": ["Old/", "Drafts", "/(a+)+/"], "other": 1}',
    );
    await put('.obsidian/templates.json', '{"folder": "Templates"}');
    const { settings, source, problems } = await readSettings(root);
    expect(settings).toMatchObject({ title: 'A', strictLineBreaks: true, exclude: ['Drafts', 'Old/', 'Templates'] });
    expect([Buffer.from(source ?? []).toString(), problems.length]).toEqual(['\uFEFFtitle: A\nexclude: [Drafts]\n', 1]);
  });
  test("broken settings of Obsidian's are reported, no more", async () => {
    await put('.obsidian/app.json', '{');
    await put('.obsidian/templates.json', '{"folder": 3}');
    expect(await readSettings(root)).toMatchObject({
      settings: EMPTY_SETTINGS,
      problems: ['.obsidian/app.json: not read, it is not valid'],
    });
  });
  test('settings that are a link to the outside are refused', async () => {
    await symlink('/etc/hostname', join(root, 'trastienda.yaml'));
    await expect(readSettings(root)).rejects.toThrow(VaultSettingsError);
  });
});
