import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymous } from '@/features/access/viewer';
import { readNote, readTags } from '@/features/notes/queries';
import { type Desk, makeDesk, OPEN } from './testing/desk';

let desk: Desk;
beforeAll(async () => {
  desk = await makeDesk();
});
afterAll(() => desk.clear());

describe('the bytes of a note (V06)', () => {
  it('are read whatever their encoding, and the text is shown', async () => {
    const folder = await desk.folder('bytes', {
      ...OPEN,
      'Marked.md': Buffer.from('\uFEFF---\ntitle: Ada marked\n---\nAda [[Wide]]\n'),
      'Wide.md': Buffer.from('\uFEFFAda wide ñ\n', 'utf16le'),
      'Swapped.md': Buffer.from('\uFEFFAda swapped ñ\n', 'utf16le').swap16(),
      'Torn.md': Buffer.from([...Buffer.from('Ada ñ '), 0xff, 0x0a]),
      'Latin.md': Buffer.from('Ada caf\xe9\n', 'latin1'),
      'Zero.md': 'Ada\0Bo\n',
      'Windows.md': 'one\r\n\r\ntwo\r\n',
      'Empty.md': '',
    });
    const { report } = await desk.publish(folder);
    expect(report).toMatchObject({ notes: 8, unresolved: [] });
    const text = async (address: string) => (await readNote(anonymous, 'bytes', address))?.html ?? '';
    expect((await readNote(anonymous, 'bytes', 'Marked'))?.title).toBe('Ada marked');
    expect(await text('Wide')).toContain('Ada wide ñ');
    expect(await text('Swapped')).toContain('Ada swapped ñ');
    expect(await text('Torn')).toContain('Ada ñ \uFFFD');
    expect(await text('Latin')).toContain('Ada café');
    expect(await text('Zero')).toContain('Ada\uFFFDBo');
    expect(await text('Windows')).toMatch(/<p>one<\/p>\s*<p>two<\/p>/);
    expect((await text('Empty')).trim()).toBe('');
    expect(report.problems.map(({ path }) => path)).toEqual(['Latin.md', 'Torn.md', 'Zero.md']);
  });

  it('may be five million', async () => {
    const line = `${'Ada counts words. '.repeat(2_000)} Bo counts [[Ada]] among them. #count\n\n`;
    const big = line.repeat(Math.ceil(5_000_000 / line.length));
    const folder = await desk.folder('big', { ...OPEN, 'Ada.md': big, 'Bo.md': 'x\n' });
    const { report } = await desk.publish(folder);
    expect(report).toMatchObject({ notes: 2, unresolved: [] });
    expect((await readNote(anonymous, 'big', 'Ada'))?.html.length).toBeGreaterThan(1_000_000);
  }, 120_000);
});

describe('what a database cannot hold', () => {
  /** Text that does not compress. */
  const noise = (length: number) =>
    Array.from({ length }, (_, i) => String.fromCodePoint(0x4e00 + ((i * 7919 + i * i * 31) % 20_000))).join('');

  it('is replaced or left out with a word, and stops nothing', async () => {
    const long = noise(4_000);
    const folder = await desk.folder('limits', {
      ...OPEN,
      'Zero.md':
        '---\ntitle: "A\\0da"\nnote: "\\ud800 half"\naliases: ["x\\0/y"]\n---\n[t](Bo%00b.md) [u](<a\\u0000.md>) \\u0000\n',
      'Link.md': `[[${long}]] ![[${long}.png]]\n\n[t](${encodeURIComponent(long)}.md#${encodeURIComponent(long)})\n`,
      'Tag.md': `#${long} #short\n`,
      'Permalink.md': `---\npermalink: ${long}\n---\nx\n`,
      'Alias.md': `---\naliases: [${long}, ${long.slice(1)}/x, Bo]\nid: ${long}\n---\nx\n`,
      'Order.md': '---\norder: 1e300\n---\nx\n',
      'Below.md': '---\norder: -1e300\n---\nx\n',
    });
    const { report } = await desk.publish(folder);
    expect(report.notes).toBe(7);
    expect(report.accounted).toBe(report.read);
    expect(report.problems.map(({ path, problem }) => `${path} ${problem}`)).toEqual([
      'Alias.md id: longer than 1024 bytes, left out',
      'Alias.md alias: longer than 1024 bytes, left out',
      'Alias.md alias: longer than 1024 bytes, left out',
      'Permalink.md permalink: longer than 1024 bytes, left out',
      'Tag.md tag: longer than 1024 bytes, left out',
    ]);
    const zero = await readNote(anonymous, 'limits', 'Zero');
    expect(zero?.title).toBe('A\uFFFDda');
    expect(zero?.html).toContain('\\u0000'); // six characters the author wrote
    expect((await readTags(anonymous, 'limits'))?.tags.map(({ tag }) => tag)).toEqual(['short']);
    const [first, ...rest] = (
      await desk.sql`select path from note where vault_id = (select id from vault where slug = 'limits') order by sort_key`
    ).map(({ path }) => path);
    expect([first, rest[0]]).toEqual(['Below.md', 'Order.md']);
  });

  it('very long paths are kept apart and in order', async () => {
    const deep = (name: string) => `${Array.from({ length: 4 }, (_, i) => noise(82).slice(i) + i).join('/')}/${name}`;
    const folder = await desk.folder('deep', {
      ...OPEN,
      [deep('b.md')]: 'Bo\n',
      [deep('a.md')]: '[[b]]\n',
      [`${'1a'.repeat(120)}/${'2b'.repeat(120)}/${'3c'.repeat(120)}/${'4d'.repeat(120)}/n.md`]: 'n\n',
    });
    const { report } = await desk.publish(folder);
    expect(report).toMatchObject({ notes: 3, skipped: [], unresolved: [] });
    const rows =
      await desk.sql`select path, length(sort_key) as long from note where vault_id = (select id from vault where slug = 'deep') order by sort_key`;
    expect(rows.map(({ path }) => String(path).slice(-4))).toEqual(
      ['n.md', 'a.md', 'b.md'].map((name) => `/${name}`.slice(-4)),
    );
  });
});
