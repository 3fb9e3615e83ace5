import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '@/features/access/viewer';
import { makePerson } from '@/features/people/testing/people';
import { readAnswers } from '@/features/reading/queries';
import { type Desk, makeDesk, SETTINGS } from '@/features/vaults/testing/desk';
import { deleteComment, hideComment } from './moderate';
import { readComments } from './queries';
import { COMMENT_MAX, newComment } from './schema';
import { editComment, writeComment } from './write';

let desk: Desk;
let ada: Person;
let bo: Person;
let editor: Person;
let open: number;
let other: number;
let closed: number;
beforeAll(async () => {
  desk = await makeDesk();
  const files = { 'Open.md': 'x\n', 'Other.md': 'x\n', 'Closed.md': '---\naccess: group:cooks\n---\nx\n' };
  await desk.publish(await desk.folder('house', { [SETTINGS]: 'access: public\n', ...files }), { slug: 'house' });
  ada = await makePerson(desk, 'Ada');
  bo = await makePerson(desk, 'Bo', { groups: ['cooks'] });
  editor = await makePerson(desk, 'Edith', { role: 'editor' });
  const ids = await desk.sql<{ id: string }[]>`select id from note order by path`;
  [closed = 0, open = 0, other = 0] = ids.map(({ id }) => Number(id));
});
afterAll(() => desk.clear());
beforeEach(() => desk.sql`truncate comment restart identity`);

const say = async (viewer: Person, source: string, parentId: number | null = null, noteId = open) => {
  const href = await writeComment(viewer, { noteId, parentId, source });
  return Number(/#comment-(\d+)$/.exec(href ?? '')?.[1] ?? 0);
};
const shown = async (viewer: Person, noteId = open, from: number | null = null) =>
  (await readComments(viewer, noteId, from)).items;

describe('a comment', () => {
  it('is under its note for all who may read it, with its answers behind it', async () => {
    const first = await say(ada, 'First, *really*');
    const second = await say(bo, 'Second');
    const answer = await say(bo, 'To the first', first);
    expect(await writeComment(ada, { noteId: open, parentId: first, source: 'x' })).toBe(
      `/house/Open?comments=${first}#comment-${answer + 1}`,
    );
    expect((await shown(editor)).map(({ id, parentId, by }) => [id, parentId, by])).toEqual([
      [first, null, 'Ada'],
      [answer, first, 'Bo'],
      [answer + 1, first, 'Ada'],
      [second, null, 'Bo'],
    ]);
    expect((await shown(ada))[0]).toMatchObject({
      mine: true,
      html: '<p>First, <em>really</em></p>',
      source: 'First, *really*',
    });
    expect((await shown(bo))[0]).toMatchObject({ mine: false, source: null });
    expect(await readComments(ada, other, null)).toMatchObject({ items: [], count: 0 });
  });

  it('is changed by its writer alone, and says so', async () => {
    const id = await say(ada, 'Frist');
    for (const viewer of [bo, editor]) expect(await editComment(viewer, { commentId: id, source: 'x' })).toBeNull();
    expect(await editComment(ada, { commentId: id, source: 'First' })).toBe(`/house/Open?comments=${id}#comment-${id}`);
    expect(await shown(bo)).toMatchObject([{ html: '<p>First</p>', edited: true }]);
  });

  it('is deleted by its writer or an editor, and leaves its place only while it is answered', async () => {
    const first = await say(ada, 'One');
    const answer = await say(bo, 'Two', first);
    expect(await deleteComment(bo, first)).toBeNull();
    expect(await deleteComment(ada, first)).toBe('/house/Open#comments');
    expect(await shown(bo)).toMatchObject([{ id: first, deleted: true, html: '', by: null }, { id: answer }]);
    expect(await desk.sql`select 1 from comment where source like '%One%' or html like '%One%'`).toHaveLength(0);
    expect(await say(bo, 'x', first)).toBe(0);
    expect(await editComment(ada, { commentId: first, source: 'back' })).toBeNull();
    expect(await deleteComment(editor, answer)).not.toBeNull();
    expect(await desk.sql`select 1 from comment`).toHaveLength(0);
    expect(await desk.sql`select 1 from audit where action = 'comment.delete'`).toHaveLength(2);
  });

  it('is hidden by an editor from all but its writer, and shown again', async () => {
    const id = await say(ada, 'Rude words');
    for (const viewer of [ada, bo]) expect(await hideComment(viewer, id, true)).toBeNull();
    expect(await hideComment(editor, id, true)).not.toBeNull();
    expect(JSON.stringify(await shown(bo))).not.toMatch(/Rude|Ada/);
    expect(await shown(ada)).toMatchObject([{ hidden: true, html: '<p>Rude words</p>' }]);
    expect(await shown(editor)).toMatchObject([{ hidden: true, html: '<p>Rude words</p>' }]);
    expect((await readComments(bo, open, null)).count).toBe(0);
    expect(await say(bo, 'x', id)).toBe(0);
    await hideComment(editor, id, false);
    expect(await shown(bo)).toMatchObject([{ hidden: false, html: '<p>Rude words</p>' }]);
    expect(await desk.sql`select action from audit where subject_kind = 'comment' order by id desc limit 2`).toEqual([
      { action: 'comment.show' },
      { action: 'comment.hide' },
    ]);
  });

  it('stays without its writer’s name when their account goes', async () => {
    const cleo = await makePerson(desk, 'Cleo');
    await say(cleo, 'Bye');
    await desk.sql`delete from person where id = ${cleo.id}`;
    expect(await shown(ada)).toMatchObject([{ by: null, role: null, mine: false, html: '<p>Bye</p>' }]);
  });
});

describe('a note’s access holds for its comments', () => {
  it('whoever may not read it reads, writes, answers, changes and hides nothing there', async () => {
    const id = await say(bo, 'Among cooks', null, closed);
    expect(id).toBeGreaterThan(0);
    expect(await readComments(ada, closed, null)).toEqual({ items: [], count: 0, earlier: null, later: null });
    expect(await say(ada, 'x', null, closed)).toBe(0);
    expect(await say(ada, 'x', id, closed)).toBe(0);
    const ownBefore = await say(ada, 'x');
    await desk.sql`update comment set note_id = ${closed} where id = ${ownBefore}`;
    expect(await editComment(ada, { commentId: ownBefore, source: 'y' })).toBeNull();
    expect(await deleteComment(ada, ownBefore)).toBeNull();
    expect(await readComments(editor, closed, null)).toMatchObject({ count: 2 });
  });

  it('two numbers are both looked at: no pair of a note and another note’s comment does anything', async () => {
    const here = await say(bo, 'Here');
    const there = await say(bo, 'There', null, other);
    const inside = await say(bo, 'Inside', null, closed);
    const ids = { open: [open, here], other: [other, there], closed: [closed, inside] } as const;
    for (const viewer of [ada, bo, editor])
      for (const [noteName, [noteId]] of Object.entries(ids))
        for (const [commentName, [, parentId]] of Object.entries(ids)) {
          const allowed = noteName === commentName && (noteName !== 'closed' || viewer !== ada);
          expect((await say(viewer, 'x', parentId, noteId)) > 0, `${viewer.name} ${noteName} ${commentName}`).toBe(
            allowed,
          );
        }
    const strays = await desk.sql`
      select 1 from comment answer join comment first on first.id = answer.parent_id where first.note_id <> answer.note_id`;
    expect(strays).toHaveLength(0);
  });

  it('a page of comments that another note’s comment names is the first', async () => {
    const here = await say(bo, 'Here');
    const inside = await say(bo, 'Inside', null, closed);
    expect((await shown(ada, open, inside)).map(({ id }) => id)).toEqual([here]);
    expect(await readComments(ada, open, inside)).toMatchObject({ earlier: null });
  });
});

it('an answer is told to whom it answers, and to nobody else', async () => {
  const first = await say(ada, 'Question?');
  await say(ada, 'I answer myself', first);
  const answer = await say(bo, 'Answer', first);
  await say(bo, 'x');
  expect((await readAnswers(ada)).items).toMatchObject([
    { by: 'Bo', text: 'Answer', title: 'Open', href: `/house/Open?comments=${first}#comment-${answer}` },
  ]);
  expect((await readAnswers(bo)).items).toEqual([]);
  await hideComment(editor, answer, true);
  expect((await readAnswers(ada)).items).toEqual([]);
});

it('answers cannot be answered', async () => {
  const first = await say(ada, 'One');
  expect(await say(bo, 'Three', await say(bo, 'Two', first))).toBe(0);
});

describe('many comments', () => {
  it('come in pages that leave out none, and lead back', async () => {
    const first = await say(ada, 'One');
    await desk.sql`insert into comment (note_id, person_id, parent_id, source, html)
      select ${open}, ${bo.id}, case when n % 3 = 0 then ${first}::bigint end, 'x', 'x' from generate_series(1, 160) n`;
    const seen: number[] = [];
    const starts: (number | null)[] = [];
    for (let from: number | null = null; ; ) {
      const { items, later, count } = await readComments(bo, open, from);
      expect(count).toBe(161);
      expect(items.length).toBeLessThanOrEqual(50);
      seen.push(...items.map(({ id }) => id));
      starts.push(from);
      if (later === null) break;
      from = later;
    }
    expect(new Set(seen).size).toBe(161);
    expect(seen).toHaveLength(161);
    expect(starts).toHaveLength(4);
    expect((await readComments(bo, open, starts[2] ?? null)).earlier).toBe(starts[1]);
    expect((await readComments(bo, open, seen[20] ?? null)).earlier).toBe('first');
  });

  it('the address of an answer among many is of a page that has it', async () => {
    const first = await say(ada, 'One');
    await desk.sql`insert into comment (note_id, person_id, parent_id, source, html)
      select ${open}, ${bo.id}, ${first}, 'x', 'x' from generate_series(1, 70)`;
    const href = await writeComment(bo, { noteId: open, parentId: first, source: 'Last' });
    const [, from, id] = /comments=(\d+)#comment-(\d+)$/.exec(href ?? '') ?? [];
    expect((await shown(ada, open, Number(from))).map((each) => each.id)).toContain(Number(id));
  });

  it('are found by index', async () => {
    await desk.sql`insert into comment (note_id, person_id, source, html)
      select (array[${open}, ${other}, ${closed}]::bigint[])[1 + n % 3], ${bo.id}, 'x', 'x' from generate_series(1, 9000) n`;
    await desk.sql`analyze comment`;
    const [row] = await desk.sql<{ 'QUERY PLAN': unknown }[]>`
      explain (format json) select id from comment where note_id = ${open}
      and (coalesce(parent_id, id), id) >= (5::bigint, 5::bigint) order by coalesce(parent_id, id), id limit 51`;
    expect(JSON.stringify(row?.['QUERY PLAN'])).toContain('comment_thread');
  });
});

describe('what may be typed', () => {
  const typed = (text: string) => newComment.safeParse({ note: '1', parent: '', text });
  it('is between one and so many characters, however its lines end', () => {
    for (const text of ['', ' \r\n ', '\0', 'x'.repeat(COMMENT_MAX + 1)]) expect(typed(text).success).toBe(false);
    for (const text of ['x', 'x'.repeat(COMMENT_MAX), 'x\r\n'.repeat(COMMENT_MAX / 2)])
      expect(typed(text).success).toBe(true);
    expect(typed('a\r\nb\0').data).toMatchObject({ text: 'a\nb', parent: '' });
  });
});
