import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '@/db/testing';
import { anonymous, type Person, type Viewer } from '@/features/access/viewer';
import { listActions, listAudit } from '@/features/audit/queries';
import { countPeople, listPeople, PEOPLE_PAGE, readPerson } from './directory';
import { addMember, listMembers, removeMember, setGroups } from './group-members';
import { deleteGroup, listGroups, makeGroup, readGroup, renameGroup } from './groups';
import { handOver, takeSecondFactorOff } from './hand-over';
import { changeRole, disablePerson, enablePerson, endSessionsOf } from './roles';
import { findPerson, openSession } from './sessions';
import { listSessions } from './sessions-list';
import { makePerson, signedIn } from './testing/people';

let database: TestDatabase;
let ada: Person;
let bo: Person;
beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(async () => {
  await database.sql`truncate person, "group", token, throttle, setting, audit, job, vault cascade`;
  ada = await makePerson(database, 'Ada', { role: 'owner' });
  bo = await makePerson(database, 'Bo', { groups: ['guild'] });
});
afterAll(() => database.drop());

const guild = async () => (await listGroups(ada))?.find(({ name }) => name === 'guild')?.id ?? 0;
const device = { address: null, agent: null };

describe('the directory', () => {
  it('finds people by name, address, role and state, a page at a time', async () => {
    const { sql } = database;
    await sql`insert into person (email, email_key, name, role) select i || '@x.org', i || '@x.org', 'Zed ' || i, 'member' from generate_series(1, 120) i`;
    const all = await listPeople(ada, {});
    expect(all).toMatchObject({ total: 122, page: 1, pages: 3 });
    expect(all?.people).toHaveLength(PEOPLE_PAGE);
    expect((await listPeople(ada, { page: 3 }))?.people).toHaveLength(22);
    expect((await listPeople(ada, { page: 99 }))?.page).toBe(3);
    expect((await listPeople(ada, { search: ' BO@Exa ' }))?.people.map(({ name }) => name)).toEqual(['Bo']);
    expect((await listPeople(ada, { search: '%' }))?.total).toBe(0);
    expect((await listPeople(ada, { role: 'owner' }))?.people.map(({ name }) => name)).toEqual(['Ada']);
    expect((await listPeople(ada, { state: 'waiting' }))?.total).toBe(120);
    expect((await listPeople(ada, { search: 'bo' }))?.people[0]).toMatchObject({ groups: ['guild'], verified: true });
    expect(await countPeople(ada)).toMatchObject({ people: 122, owners: 1, waiting: 120, groups: 1 });
  });

  it('shows what is known of a person, and no secret', async () => {
    const shown = await readPerson(ada, bo.id);
    expect(shown).toMatchObject({ name: 'Bo', role: 'member', groups: ['guild'], hasPassword: true });
    expect(shown?.seenAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(JSON.stringify(shown)).not.toContain('argon2');
  });
});

describe('what is the owner’s is for nobody else', () => {
  const deeds: [string, (viewer: Viewer) => Promise<unknown>, unknown][] = [
    ['listPeople', (viewer) => listPeople(viewer, {}), null],
    ['readPerson', (viewer) => readPerson(viewer, bo.id), null],
    ['countPeople', (viewer) => countPeople(viewer), null],
    ['changeRole', (viewer) => changeRole(viewer, bo.id, 'owner'), { as: 'missing' }],
    ['disablePerson', (viewer) => disablePerson(viewer, bo.id), { as: 'missing' }],
    ['enablePerson', (viewer) => enablePerson(viewer, bo.id), { as: 'missing' }],
    ['endSessionsOf', (viewer) => endSessionsOf(viewer, bo.id), null],
    ['handOver', (viewer) => handOver(viewer, 'reset', bo.id), null],
    ['takeSecondFactorOff', (viewer) => takeSecondFactorOff(viewer, bo.id), false],
    ['listGroups', (viewer) => listGroups(viewer), null],
    ['readGroup', async (viewer) => readGroup(viewer, await guild()), null],
    ['makeGroup', (viewer) => makeGroup(viewer, 'mine'), { as: 'missing' }],
    ['renameGroup', async (viewer) => renameGroup(viewer, await guild(), 'mine'), { as: 'missing' }],
    ['deleteGroup', async (viewer) => deleteGroup(viewer, await guild()), false],
    ['listMembers', async (viewer) => listMembers(viewer, await guild(), 1), null],
    ['addMember', async (viewer) => addMember(viewer, await guild(), 'ada@example.org'), { as: 'missing' }],
    ['removeMember', async (viewer) => removeMember(viewer, await guild(), bo.id), false],
    ['setGroups', (viewer) => setGroups(viewer, bo.id, []), false],
    ['listAudit', (viewer) => listAudit(viewer, {}), null],
    ['listActions', (viewer) => listActions(viewer), null],
  ];

  it.each(deeds)('%s', async (_, deed, refused) => {
    const cy = await makePerson(database, 'Cy', { role: 'editor' });
    const before = await database.sql`select id, role, disabled_at from person order by id`;
    for (const viewer of [anonymous, bo, cy]) expect(await deed(viewer)).toEqual(refused);
    await database.sql`insert into setting (name, value) values ('ownerTwoFactor', 'true')`;
    expect(await deed(ada), 'an owner without the second factor that is asked for').toEqual(refused);
    expect(await database.sql`select id, role, disabled_at from person order by id`).toEqual(before);
    expect(await listSessions(bo)).toHaveLength(1);
    expect(await database.sql`select name from "group"`).toEqual([{ name: 'guild' }]);
    expect(await database.sql`select 1 from membership`).toHaveLength(1);
  });

  it('is remembered when somebody signed in tries', async () => {
    await changeRole(bo, bo.id, 'owner');
    expect((await listAudit(ada, { refused: true }))?.lines).toMatchObject([
      { action: 'person.role', refused: true, actor: { name: 'Bo' } },
    ]);
  });
});

describe('a role', () => {
  it('that changes ends every session of the person at once', async () => {
    const token = await openSession(anonymous, bo.id, device);
    expect(await changeRole(ada, bo.id, 'editor')).toEqual({ as: 'done', ended: 2 });
    expect(await findPerson(token)).toEqual(anonymous);
    expect((await signedIn(bo.id)).role).toBe('editor');
    expect(await changeRole(ada, bo.id, 'editor')).toEqual({ as: 'same' });
    expect(await changeRole(ada, '00000000-0000-4000-8000-000000000000', 'editor')).toEqual({ as: 'missing' });
  });

  it('of the last owner stays, whoever else is disabled', async () => {
    expect(await changeRole(ada, ada.id, 'member')).toEqual({ as: 'last-owner' });
    expect(await disablePerson(ada, ada.id)).toEqual({ as: 'last-owner' });
    const cy = await makePerson(database, 'Cy', { role: 'owner' });
    expect(await disablePerson(ada, cy.id)).toMatchObject({ as: 'done' });
    expect(await changeRole(ada, ada.id, 'member')).toEqual({ as: 'last-owner' });
    await enablePerson(ada, cy.id);
    expect(await changeRole(ada, ada.id, 'member')).toMatchObject({ as: 'done' });
  });

  it('two owners cannot both give up at once', async () => {
    for (let i = 0; i < 10; i++) {
      const cy = await makePerson(database, `Cy${i}`, { role: 'owner' });
      const answers = await Promise.all([changeRole(ada, cy.id, 'member'), changeRole(cy, ada.id, 'member')]);
      expect(answers.map(({ as }) => as).sort()).toEqual(['done', 'last-owner']);
      expect(await database.sql`select 1 from person where role = 'owner'`).toHaveLength(1);
      await database.sql`update person set role = 'owner' where id = ${ada.id}`;
      await database.sql`delete from person where id = ${cy.id}`;
    }
  });
});

describe('an account', () => {
  it('that is disabled is out at once, with its links', async () => {
    const token = await openSession(anonymous, bo.id, device);
    expect(await handOver(ada, 'reset', bo.id)).toMatch(/^\/setup\/.{43}$/);
    expect(await findPerson(token), 'the link ends sessions').toEqual(anonymous);
    expect(await disablePerson(ada, bo.id)).toMatchObject({ as: 'done' });
    expect(await database.sql`select 1 from token`).toHaveLength(0);
    expect(await handOver(ada, 'reset', bo.id)).toBeNull();
    expect(await enablePerson(ada, bo.id)).toMatchObject({ as: 'done' });
    expect(await enablePerson(ada, bo.id)).toEqual({ as: 'same' });
  });
});

describe('groups', () => {
  it('are made, renamed with their invitations, and deleted', async () => {
    const made = await makeGroup(ada, 'choir');
    expect(made).toMatchObject({ as: 'made' });
    expect(await makeGroup(ada, 'choir')).toEqual({ as: 'taken' });
    await database.sql`insert into token (hash, purpose, email, role, groups, expires_at) values ('x', 'invite', 'c@x.org', 'member', array['guild', 'choir'], now() + interval '1 day')`;
    expect(await renameGroup(ada, await guild(), 'choir')).toEqual({ as: 'taken' });
    expect(await renameGroup(ada, await guild(), 'bakers')).toMatchObject({ as: 'made' });
    expect(await database.sql`select groups from token`).toEqual([{ groups: ['bakers', 'choir'] }]);
    expect((await signedIn(bo.id)).groups).toEqual(['bakers']);
    expect(await deleteGroup(ada, made.as === 'made' ? made.id : 0)).toBe(true);
    expect(await database.sql`select groups from token`).toEqual([{ groups: ['bakers'] }]);
    expect(await deleteGroup(ada, 999_999)).toBe(false);
  });

  it('say how many people and notes they have', async () => {
    const { sql } = database;
    const [vault] =
      await sql`insert into vault (slug, title, language, access, folder) values ('v', 'V', 'en', 'public', '/v') returning id`;
    await sql`
      insert into note (vault_id, path, path_key, name_key, folder, address, address_key, sort_key, title, access, access_group, properties, hash, size, modified)
      values (${vault?.id}, 'N.md', 'n', 'n', '', 'N', 'n', 'n', 'N', 'group', 'guild', '[]', '', 0, 0)`;
    expect(await listGroups(ada)).toEqual([{ id: await guild(), name: 'guild', members: 1, notes: 1 }]);
  });

  it('take people in and out, whom they and which they name', async () => {
    const id = await guild();
    expect(await addMember(ada, id, 'ADA@example.org')).toEqual({ as: 'joined', name: 'Ada' });
    expect(await addMember(ada, id, 'nobody@example.org')).toEqual({ as: 'nobody' });
    expect(await addMember(ada, 999_999, 'ada@example.org')).toEqual({ as: 'missing' });
    expect((await listMembers(ada, id, 1))?.map(({ name }) => name)).toEqual(['Ada', 'Bo']);
    expect(await removeMember(ada, id, ada.id)).toBe(true);
    expect(await removeMember(ada, id, ada.id)).toBe(false);
    await makeGroup(ada, 'choir');
    const choir = (await listGroups(ada))?.find(({ name }) => name === 'choir')?.id ?? 0;
    expect(await setGroups(ada, bo.id, [choir, 999_999])).toBe(true);
    expect((await signedIn(bo.id)).groups).toEqual(['choir']);
    expect(await setGroups(ada, bo.id, [])).toBe(true);
    expect((await signedIn(bo.id)).groups).toEqual([]);
  });
});
