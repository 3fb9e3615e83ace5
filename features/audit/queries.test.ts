import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '@/db/testing';
import type { Person } from '@/features/access/viewer';
import { makePerson } from '@/features/people/testing/people';
import { AUDIT_PAGE, type AuditFilter, exportAudit, listActions, listAudit } from './queries';

let database: TestDatabase;
let ada: Person;
let bo: Person;
beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(async () => {
  await database.sql`truncate person, audit, setting cascade`;
  ada = await makePerson(database, 'Ada', { role: 'owner' });
  bo = await makePerson(database, 'Bo');
});
afterAll(() => database.drop());

const note = (
  actor: Person | null,
  action: string,
  { at = '2026-03-10T12:00:00Z', about = null as Person | null, refused = false } = {},
) =>
  database.sql`insert into audit (at, actor_id, action, subject_kind, subject_id, refused)
    values (${at}, ${actor?.id ?? null}, ${action}, ${about && 'person'}, ${about?.id ?? null}, ${refused})`;
const actions = async (filter: AuditFilter, viewer = ada) =>
  (await listAudit(viewer, filter))?.lines.map(({ action }) => action);

describe('the log', () => {
  it('names who did what to whom, the newest first', async () => {
    await note(bo, 'session.start', { about: bo });
    await note(ada, 'person.role', { about: bo });
    await note(null, 'session.refuse', { refused: true });
    expect((await listAudit(ada, {}))?.lines).toMatchObject([
      { action: 'session.refuse', actor: null, subject: null, refused: true },
      { action: 'person.role', actor: { name: 'Ada' }, subject: { kind: 'person', name: 'Bo' } },
      { action: 'session.start', actor: { name: 'Bo' }, subject: { name: 'Bo' } },
    ]);
    expect(await listActions(ada)).toEqual(['person.role', 'session.refuse', 'session.start']);
  });

  it('is asked for a person, as doer or as whom it was done to; for a deed; for what was refused', async () => {
    await note(bo, 'a', { about: bo });
    await note(ada, 'b', { about: bo });
    await note(ada, 'c', { refused: true });
    expect(await actions({ person: bo.id })).toEqual(['b', 'a']);
    expect(await actions({ who: 'BO@' })).toEqual(['b', 'a']);
    expect(await actions({ who: 'nobody' })).toEqual([]);
    expect(await actions({ action: 'b' })).toEqual(['b']);
    expect(await actions({ refused: true })).toEqual(['c']);
  });

  it('is asked for days as its reader counts them', async () => {
    await note(ada, 'late on the 9th in New York', { at: '2026-03-10T03:30:00Z' });
    await note(ada, 'on the 10th everywhere', { at: '2026-03-10T12:00:00Z' });
    const day = { from: '2026-03-10', until: '2026-03-10' };
    expect(await actions(day, { ...ada, timeZone: 'America/New_York' })).toEqual(['on the 10th everywhere']);
    expect(await actions(day, { ...ada, timeZone: 'Europe/Madrid' })).toHaveLength(2);
    expect(await actions({ until: '2026-03-09' }, { ...ada, timeZone: 'America/New_York' })).toHaveLength(1);
  });

  it('has pages that neither repeat nor miss a line, also while it grows', async () => {
    await database.sql`insert into audit (action) select 'deed ' || i from generate_series(1, 130) i`;
    const seen: string[] = [];
    for (let before: number | null = null, more = true; more; ) {
      const page = await listAudit(ada, { before });
      seen.push(...(page?.lines.map(({ action }) => action) ?? []));
      await note(null, 'meanwhile');
      before = page?.older ?? null;
      more = before !== null;
    }
    expect(seen).toEqual(Array.from({ length: 130 }, (_, i) => `deed ${130 - i}`));
    expect((await listAudit(ada, {}))?.lines).toHaveLength(AUDIT_PAGE);
  });

  it('is exported whole, in batches, to who may read it', async () => {
    await database.sql`insert into audit (action) select 'deed' from generate_series(1, 2500) i`;
    const sizes: number[] = [];
    for await (const batch of exportAudit(ada, {})) sizes.push(batch.length);
    expect(sizes).toEqual([1_000, 1_000, 500]);
    for await (const batch of exportAudit(bo, {})) throw new Error(`${batch.length} lines for a member`);
  });
});
