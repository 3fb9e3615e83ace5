import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '@/db/testing';
import { anonymous, type Person, type Role } from '@/features/access/viewer';
import { changeSettings } from '@/features/settings/write';
import { makeReference, type Observation } from '@/lib/observe/observation';
import { observatory } from '@/lib/observe/observatory';
import { planQuery } from './plan';
import { mayLook } from './policy';
import { holderOf, listSeen, readSeen } from './queries';

let database: TestDatabase;
beforeAll(async () => {
  process.env.INTERNAL_SECRET ??= 'a secret of this test';
  database = await testDatabase();
});
beforeEach(() => database.sql`truncate setting, audit, person cascade`);
afterAll(() => database.drop());

const HERE = 'a browser here';

async function someone(role: Role): Promise<Person> {
  const email = `${role}-${Math.random()}@example.org`;
  const [row] = await database.sql<{ id: string }[]>`
    insert into person (email, email_key, name, role) values (${email}, ${email}, ${role}, ${role}) returning id`;
  const plain = { groups: [], name: role, language: null, theme: null, timeZone: null, twoFactor: false };
  return { kind: 'person', id: row?.id ?? '', sessionId: '', role, email, confirmed: true, ...plain };
}

let count = 0;
function see(person: string | null, visitor = HERE, sql = 'select 1'): Observation {
  const seen: Observation = {
    trace: {
      id: (++count).toString(16).padStart(32, '0'),
      origin: 0,
      omitted: 0,
      person,
      spans: [{ parent: null, kind: 'query', name: sql, begin: 0, end: 1, facts: { rows: 1 } }],
    },
    at: '2026-01-01T00:00:00.000Z',
    visitor,
    probe: false,
    request: { method: 'GET', path: '/en', query: [], headers: [], session: person !== null },
    response: { status: 200, headers: [], bytes: 1, head: 1, end: 1, cut: false },
    page: { path: '/en', variant: '' },
    files: {},
    source: 'Next',
  };
  observatory().add(seen);
  return seen;
}

describe('who sees a request', () => {
  it('is whoever made it, by their own reference', async () => {
    const ada = await someone('member');
    const eve = await someone('editor');
    const { trace } = see(ada.id);
    const reference = makeReference(trace.id, holderOf(ada, HERE));
    expect((await readSeen(ada, HERE, reference))?.observation.trace.id).toBe(trace.id);
    expect(await readSeen(eve, HERE, reference)).toBeNull();
    expect(await readSeen(eve, HERE, makeReference(trace.id, holderOf(eve, HERE)))).toBeNull();
    expect(await readSeen(anonymous, HERE, reference)).toBeNull();
    expect(await readSeen(anonymous, HERE, makeReference(trace.id, holderOf(anonymous, HERE)))).toBeNull();
    expect(await readSeen(ada, HERE, trace.id)).toBeNull();
  });

  it('is nobody else at another browser, nor after signing in as another', async () => {
    const { trace } = see(null);
    const reference = makeReference(trace.id, holderOf(anonymous, HERE));
    expect(await readSeen(anonymous, HERE, reference)).not.toBeNull();
    expect(await readSeen(anonymous, 'elsewhere', reference)).toBeNull();
    expect(await readSeen(await someone('member'), HERE, reference)).toBeNull();
  });

  it('is a person too for what their browser asked without being looked at, such as a kept page', async () => {
    const ada = await someone('member');
    const { trace } = see(null, 'her browser');
    const reference = makeReference(trace.id, holderOf(ada, 'her browser'));
    expect(await readSeen(ada, 'her browser', reference)).not.toBeNull();
    expect(await readSeen(ada, 'elsewhere', reference)).toBeNull();
  });

  it('is any owner, by its number alone', async () => {
    const owner = await someone('owner');
    const { trace } = see(null);
    expect((await readSeen(owner, 'elsewhere', trace.id))?.owner).toBe(true);
    expect((await listSeen(owner, 'elsewhere')).length).toBeGreaterThan(2);
    const ada = await someone('member');
    see(ada.id);
    expect(await listSeen(ada, HERE)).toHaveLength(1);
    expect(await listSeen(anonymous, HERE)).toEqual([]);
  });
});

describe('who may look at all', () => {
  it('is everyone until an owner says otherwise, which nobody else can', async () => {
    const [member, owner] = [await someone('member'), await someone('owner')];
    const who = async () => [await mayLook(anonymous), await mayLook(member), await mayLook(owner)];
    expect(await who()).toEqual([true, true, true]);
    for (const viewer of [anonymous, member, await someone('editor')])
      expect(await changeSettings(viewer, { xray: 'owners' })).toEqual({ as: 'missing' });
    expect(await who()).toEqual([true, true, true]);
    await changeSettings(owner, { xray: 'members' });
    expect(await who()).toEqual([false, true, true]);
    await changeSettings(owner, { xray: 'owners' });
    expect(await who()).toEqual([false, false, true]);
    const { trace } = see(null);
    expect(await readSeen(anonymous, HERE, makeReference(trace.id, holderOf(anonymous, HERE)))).toBeNull();
    expect(await listSeen(anonymous, HERE)).toEqual([]);
  });
});

describe('the plan of a query', () => {
  it('is for owners, carries nothing out, and needs no values', async () => {
    const { trace } = see(null, HERE, 'delete from person where id = $1');
    const owner = await someone('owner');
    const before = await database.sql`select count(*) from person`;
    const found = await planQuery(owner, trace.id, 0);
    expect(found.as === 'plan' && found.lines.join('\n')).toContain('Delete on person');
    expect(await database.sql`select count(*) from person`).toEqual(before);
    for (const viewer of [anonymous, await someone('member'), await someone('editor')])
      expect(await planQuery(viewer, trace.id, 0)).toEqual({ as: 'missing' });
  });

  it('is not made of two statements, nor of what has none', async () => {
    const owner = await someone('owner');
    for (const sql of ['select 1; drop table person', 'begin', 'analyze person']) {
      const { trace } = see(null, HERE, sql);
      expect(await planQuery(owner, trace.id, 0), sql).toEqual({ as: 'missing' });
    }
  });
});
