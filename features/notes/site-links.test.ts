import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymous } from '@/features/access/viewer';
import { type Desk, makeDesk, OPEN, SETTINGS } from '@/features/vaults/testing/desk';
import type { Folder } from '@/features/vaults/testing/folder';
import { readNote } from './queries';

let desk: Desk;
let guide: Folder;
let other: Folder;
beforeAll(async () => {
  desk = await makeDesk();
  other = await desk.folder('other', {
    ...OPEN,
    'Ada.md': 'Ada.\n',
    'Bo.md': '---\naccess: private\n---\nBo.\n',
    'Cleo.md': 'Cleo.\n',
  });
  guide = await desk.folder('guide', {
    ...OPEN,
    'index.md': 'Home. ![[Links]]\n',
    'Shown.md': '![[Links]]\n',
    'Links.md': [
      '[health](/healthz) [vault](/other) [tags](/other/-/tags) [ada](/other/Ada) [bo](/other/Bo) [none](/other/None)',
      '[nowhere](/nowhere) [studio](/studio) [here](/Shown) [own](/guide/Shown) [later](/later/Note)',
    ].join('\n'),
  });
  await desk.publish(other);
  await desk.publish(guide);
});
afterAll(() => desk.clear());

async function links(address: string): Promise<string[]> {
  const html = (await readNote(anonymous, 'guide', address))?.html ?? '';
  const found = html.matchAll(/<(?:a class="[^"]*" href="([^"]+)"|span class="unresolved")[^>]*>(\w+)/g);
  return [...found].map(([, href = 'nowhere', words]) => `${words}: ${href}`);
}
const EXPECTED = [
  'health: /healthz',
  'vault: /other',
  'tags: /other/-/tags',
  'ada: /other/Ada',
  'bo: nowhere',
  'none: nowhere',
  'nowhere: nowhere',
  'studio: nowhere',
  'here: /guide/Shown',
  'own: /guide/Shown',
  'later: nowhere',
];

describe("links to the site's own addresses", () => {
  it('lead to what this viewer may open, and look like any unresolved link otherwise', async () =>
    expect(await links('Links')).toEqual(EXPECTED));

  it('also where the note is embedded', async () =>
    expect((await links('Shown')).filter((link) => !link.startsWith('Links:'))).toEqual(EXPECTED));

  it('are unresolved in the report only when nobody could open them', async () =>
    expect((await desk.publish(guide)).report.unresolved.map(({ target }) => target)).toEqual([
      '/other/None',
      '/nowhere',
      '/studio',
      '/later/Note',
    ]));

  it('are looked at again when the other vault opens, closes or gains a note', async () => {
    await other.write({ 'Ada.md': '---\naccess: members\n---\nAda.\n' });
    const told = await desk.change((await desk.publish(other)).event);
    expect(told?.paths).toEqual(expect.arrayContaining(['/other/*', '/guide/Links', '/guide', '/guide/Shown']));
    expect(await links('Links')).toContain('ada: nowhere');
    const later = await desk.folder('later', { [SETTINGS]: 'access: public\n', 'Note.md': 'Now.\n', 'Two.md': 'x\n' });
    expect((await desk.change((await desk.publish(later)).event))?.paths).toContain('/guide/Links');
    expect(await links('Links')).toContain('later: /later/Note');
  });
});
