import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { anonymous, type Person } from '../access/viewer';
import { makePerson } from '../people/testing/people';
import { type Desk, makeDesk, OPEN, PNG } from '../vaults/testing/desk';
import { readFilter } from './filter';
import { beginDownload, endDownload, forgetDownloads, noteRefusal, type Taken } from './ledger';
import { exportDownloads, listDownloads, listOwnDownloads } from './queries';

let desk: Desk;
let [ada, bo]: Person[] = [];
let taken: Taken;
const viewers = () => {
  if (!ada || !bo) throw new Error('nobody');
  return { ada, bo };
};
beforeAll(async () => {
  desk = await makeDesk();
  await desk.publish(await desk.folder('album', { ...OPEN, 'Ada.md': '![[=1+1.png]]\n', '=1+1.png': PNG }));
  const [row] = await desk.sql<{ id: string; object_id: string }[]>`select id, object_id from file`;
  taken = {
    fileId: row?.id ?? '',
    name: '=1+1.png',
    objectId: row?.object_id ?? '',
    size: 1_000,
    shareId: null,
    redemptionId: null,
  };
  ada = await makePerson(desk, 'Ada', { role: 'owner' });
  bo = await makePerson(desk, 'Bo');
});
beforeEach(async () => {
  await desk.sql`delete from download`;
  await desk.sql`delete from throttle`;
});
afterAll(() => desk.clear());

describe('a download', () => {
  it('is begun, and finished when all its bytes have left', async () => {
    const { bo } = viewers();
    const id = await beginDownload(bo, taken);
    expect(await listOwnDownloads(bo)).toMatchObject([{ id, outcome: 'running', bytes: 0, endedAt: null }]);
    await endDownload(bo, id, 0, 1_000);
    expect(await listOwnDownloads(bo)).toMatchObject([
      { id, outcome: 'finished', bytes: 1_000, requests: 1, resumed: false, endedAt: expect.any(Date) },
    ]);
  });

  it('that is cut and resumed, in whatever parts, is one', async () => {
    const { bo } = viewers();
    const id = await beginDownload(bo, taken);
    await endDownload(bo, id, 0, 400);
    expect(await listOwnDownloads(bo)).toMatchObject([{ outcome: 'cut', bytes: 400 }]);
    for (const [start, sent, bytes, outcome] of [
      [800, 200, 600, 'cut'],
      [300, 300, 800, 'cut'],
      [600, 0, 800, 'cut'],
      [600, 200, 1_000, 'finished'],
    ] as const) {
      expect(await beginDownload(bo, taken)).toBe(id);
      await endDownload(bo, id, start, sent);
      expect(await listOwnDownloads(bo)).toMatchObject([{ bytes, outcome, resumed: true }]);
    }
    expect(await listOwnDownloads(bo)).toMatchObject([{ requests: 5 }]);
    expect(await beginDownload(bo, taken), 'what was finished is begun anew').not.toBe(id);
  });

  it('in several parts at once, as some programs do, is one too', async () => {
    const { bo } = viewers();
    const ids = await Promise.all(Array.from({ length: 8 }, () => beginDownload(bo, taken)));
    await Promise.all(ids.map((id, i) => endDownload(bo, id, i * 125, 125)));
    expect(await listOwnDownloads(bo)).toMatchObject([
      { bytes: 1_000, outcome: 'finished', requests: 8, resumed: false },
    ]);
  });

  it('of other bytes, of somebody else, or of nobody in particular is another', async () => {
    const { ada, bo } = viewers();
    const id = await beginDownload(bo, taken);
    const others = await Promise.all([
      beginDownload(ada, taken),
      beginDownload(bo, { ...taken, objectId: '0190f5a4-0000-7000-8000-000000000000' }),
      beginDownload(anonymous, taken),
      beginDownload(anonymous, taken),
    ]);
    expect(new Set([id, ...others]).size).toBe(5);
  });

  it('that is refused is noted with the reason, and nobody can fill the ledger with it', async () => {
    const { ada, bo } = viewers();
    const noted: boolean[] = [];
    for (let i = 0; i < 12; i++) noted.push(await noteRefusal(bo, taken, 'busy', bo.id));
    expect(noted).toEqual([...Array(10).fill(true), false, false]);
    expect(await noteRefusal(anonymous, taken, 'expired', '2001:db8::1'), 'others are').toBe(true);
    expect(await listOwnDownloads(bo)).toHaveLength(10);
    const [latest] = (await listDownloads(ada, { outcome: 'refused' })) ?? [];
    expect(latest).toMatchObject({ reason: 'expired', person: null, bytes: 0, endedAt: expect.any(Date) });
    for (let i = 2; i < 12; i++) await noteRefusal(anonymous, taken, 'expired', `2001:db8::${i}`);
    expect(await listDownloads(ada, { outcome: 'refused' }), 'one network is one visitor').toHaveLength(20);
    await desk.sql`update throttle set count = 1000 where key = 'refused'`;
    expect(await noteRefusal(anonymous, taken, 'revoked', '192.0.2.9'), 'of all, so many an hour').toBe(false);
  });

  it('is forgotten when the ledger is to remember no longer', async () => {
    const { ada } = viewers();
    await noteRefusal(anonymous, taken, 'expired', '192.0.2.1');
    await desk.sql`update download set started_at = now() - interval '40 days'`;
    expect(await forgetDownloads(anonymous)).toBe(0);
    await desk.sql`insert into setting (name, value) values ('downloadDays', '30')`;
    expect(await forgetDownloads(anonymous)).toBe(1);
    expect(await listDownloads(ada, {})).toEqual([]);
  });
});

describe('a filter in an address', () => {
  it('is what can be read of it', () => {
    const id = '0190f5a4-0000-7000-8000-000000000000';
    expect(readFilter({ file: id, outcome: 'cut', from: '2026-11-01', to: '2026-11-02' })).toEqual({
      fileId: id,
      outcome: 'cut',
      from: new Date('2026-11-01T00:00:00Z'),
      to: new Date('2026-11-02T23:59:59.999Z'),
    });
    expect(readFilter({ file: "'; drop", outcome: 'x', from: '2026-13-01', to: '0000-01-01', link: '' })).toEqual({});
  });
});

describe('the ledger', () => {
  it('shows a person their own, owners all, and nobody else any', async () => {
    const { ada, bo } = viewers();
    await beginDownload(ada, taken);
    await beginDownload(bo, taken);
    await noteRefusal(anonymous, taken, 'expired', '192.0.2.1');
    expect(await listOwnDownloads(bo)).toHaveLength(1);
    expect(await listOwnDownloads(anonymous)).toEqual([]);
    expect(await listDownloads(bo, {})).toBeNull();
    expect(await listDownloads({ ...bo, role: 'editor' }, {})).toBeNull();
    expect(await exportDownloads(bo, {})).toBeNull();
    expect((await listDownloads(ada, {}))?.map(({ person, outcome }) => [person, outcome])).toEqual([
      [null, 'refused'],
      ['Bo', 'running'],
      ['Ada', 'running'],
    ]);
    expect(await listDownloads(ada, { outcome: 'refused', fileId: taken.fileId ?? undefined })).toHaveLength(1);
    expect(await listDownloads(ada, { personId: bo.id })).toHaveLength(1);
    expect(await listDownloads(ada, { to: new Date(0) })).toEqual([]);
  });

  it('is written as CSV, all of it, and no cell is a formula', async () => {
    const { ada } = viewers();
    const odd = { ...taken, name: '=1+1 "so"' };
    for (let i = 0; i < 120; i++) await beginDownload(anonymous, odd);
    let text = '';
    for await (const line of (await exportDownloads(ada, {})) ?? []) text += line;
    const lines = text.split('\r\n');
    expect(lines).toHaveLength(122);
    expect(lines[1]).toContain(`"'=1+1 ""so"""`);
  });
});
