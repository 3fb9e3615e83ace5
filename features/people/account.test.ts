import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '@/db/testing';
import type { Person } from '@/features/access/viewer';
import { deleteAccount } from './account-delete';
import { exportAccount } from './account-export';
import { changePassword } from './change-password';
import { confirmPerson } from './confirm';
import { findPerson } from './sessions';
import { endOtherSessions, endSessionElsewhere, listSessions, listSessionsOf } from './sessions-list';
import { makePerson, PASSWORD, signedIn } from './testing/people';

let database: TestDatabase;
let ada: Person;
let bo: Person;
beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(async () => {
  await database.sql`truncate person, "group", throttle, setting, audit, job, vault cascade`;
  ada = await makePerson(database, 'Ada', { role: 'owner' });
  bo = await makePerson(database, 'Bo', { groups: ['guild'] });
});
afterAll(() => database.drop());

const live = async (person: Person) => (await listSessions(person)).map(({ id }) => id);
const deeds = async () =>
  (await database.sql<{ action: string }[]>`select action from audit order by id`).map(({ action }) => action);

describe('sessions', () => {
  it('are listed for who they are of, this one first', async () => {
    const elsewhere = await signedIn(bo.id);
    const listed = await listSessions(bo);
    expect(listed.map(({ id, current }) => [id, current])).toEqual([
      [bo.sessionId, true],
      [elsewhere.sessionId, false],
    ]);
    expect(listed[0]).toMatchObject({ agent: 'a browser', address: '192.0.2.1' });
    expect(await listSessionsOf(bo, ada.id)).toBeNull();
    expect((await listSessionsOf(ada, bo.id))?.length).toBe(2);
  });

  it('end one by one, and only one’s own', async () => {
    const elsewhere = await signedIn(bo.id);
    expect(await endSessionElsewhere(bo, ada.sessionId)).toBe(false);
    expect(await endSessionElsewhere(bo, elsewhere.sessionId)).toBe(true);
    expect(await endSessionElsewhere(bo, elsewhere.sessionId)).toBe(false);
    expect(await live(bo)).toEqual([bo.sessionId]);
    expect(await live(ada)).toEqual([ada.sessionId]);
  });

  it('end all but this one', async () => {
    await signedIn(bo.id);
    await signedIn(bo.id);
    expect(await endOtherSessions(bo)).toBe(2);
    expect(await endOtherSessions(bo)).toBe(0);
    expect(await live(bo)).toEqual([bo.sessionId]);
    expect(await deeds()).toEqual(['session.revoke-others']);
  });
});

describe('a password', () => {
  it('is changed by who shows the current one, and ends the other sessions', async () => {
    await signedIn(bo.id);
    expect(await changePassword(bo, 'not it', 'a new and longer one')).toEqual({ as: 'wrong', field: 'password' });
    expect(await live(bo)).toHaveLength(2);
    const changed = await changePassword(bo, PASSWORD, 'a new and longer one');
    expect(changed).toMatchObject({ as: 'changed', ended: 1 });
    expect(await live(bo)).toEqual([bo.sessionId]);
    if (changed.as !== 'changed') throw new Error(changed.as);
    expect(await findPerson(changed.token)).toMatchObject({ id: bo.id, confirmed: true });
    expect(await changePassword(bo, PASSWORD, 'another')).toMatchObject({ as: 'wrong' });
    expect(await deeds()).toEqual(['session.confirm', 'password.change', 'session.confirm']);
  });

  it('is not guessed at by whoever found a session open', async () => {
    const answers: string[] = [];
    for (let i = 0; i < 8; i++) answers.push((await confirmPerson(bo, `guess ${i}`, '')).as);
    expect(answers[0]).toBe('wrong');
    expect(answers.at(-1)).toBe('wait');
  });

  it('shown again opens what asks for it, in a session with a new token', async () => {
    await database.sql`update session set confirmed_at = now() - interval '11 minutes'`;
    const before = await database.sql`select token_hash from session where id = ${bo.sessionId}`;
    expect(await confirmPerson(bo, PASSWORD, '')).toMatchObject({ as: 'confirmed' });
    const after =
      await database.sql`select token_hash, confirmed_at > now() - interval '1 minute' as lately from session where id = ${bo.sessionId}`;
    expect(after[0]?.lately).toBe(true);
    expect(after[0]?.token_hash).not.toEqual(before[0]?.token_hash);
  });
});

describe('one’s data', () => {
  it('holds what is kept about them and nothing that opens a door', async () => {
    const made = await exportAccount(bo);
    if (made?.as !== 'export') throw new Error(made?.as);
    expect(made.data).toMatchObject({
      profile: { email: 'bo@example.org', name: 'Bo' },
      groups: [{ name: 'guild' }],
      sessions: [{ address: '192.0.2.1' }],
      log: [{ action: 'account.export', byMe: true }],
    });
    const text = JSON.stringify(made.data);
    expect(text).not.toMatch(/argon2|hash|token|secret|"totpSecret"/i);
    expect(text).not.toContain('ada@example.org');
  });

  it('is not given to who has not shown their password lately, nor without end', async () => {
    expect(await exportAccount({ ...bo, confirmed: false })).toBeNull();
    for (let i = 0; i < 10; i++) expect((await exportAccount(bo))?.as).toBe('export');
    expect((await exportAccount(bo))?.as).toBe('wait');
  });
});

describe('an account', () => {
  it('that is deleted leaves its comments and the log, and nobody in them', async () => {
    const { sql } = database;
    const [vault] =
      await sql`insert into vault (slug, title, language, access, folder) values ('v', 'V', 'en', 'public', '/v') returning id`;
    const [note] = await sql`
      insert into note (vault_id, path, path_key, name_key, folder, address, address_key, sort_key, title, access, properties, hash, size, modified)
      values (${vault?.id}, 'N.md', 'n', 'n', '', 'N', 'n', 'n', 'N', 'public', '[]', '', 0, 0) returning id`;
    await sql`insert into comment (note_id, person_id, source, html) values (${note?.id}, ${bo.id}, 'Hello', '<p>Hello</p>')`;
    await sql`insert into audit (actor_id, action, address) values (${bo.id}, 'session.start', '192.0.2.1')`;
    await sql`insert into audit (actor_id, action, detail) values (${ada.id}, 'invitation.make', '{"email": "Bo@example.org", "role": "member"}')`;
    expect(await deleteAccount({ ...bo, confirmed: false })).toEqual({ as: 'missing' });
    expect(await deleteAccount(bo)).toEqual({ as: 'deleted' });
    expect(await sql`select person_id, source from comment`).toEqual([{ person_id: null, source: 'Hello' }]);
    expect(await sql`select 1 from session where person_id = ${bo.id}`).toHaveLength(0);
    expect(await sql`select action, actor_id, address, detail from audit order by id`).toEqual([
      { action: 'session.start', actor_id: null, address: null, detail: {} },
      { action: 'invitation.make', actor_id: ada.id, address: null, detail: { role: 'member' } },
      { action: 'account.delete', actor_id: null, address: null, detail: {} },
    ]);
  });

  it('of the last owner stays', async () => {
    expect(await deleteAccount(ada)).toEqual({ as: 'last-owner' });
    await makePerson(database, 'Cy', { role: 'owner' });
    expect(await deleteAccount(ada)).toEqual({ as: 'deleted' });
  });
});
