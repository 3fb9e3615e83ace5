import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '@/db/connection';
import { makeRing, withNewKey } from '@/lib/crypto/key-ring';
import { anonymous, type Person } from '../access/viewer';
import { openBytes } from '../files/bytes';
import { keyRing } from '../keys/ring-file';
import { rotateKeys } from '../keys/rotate';
import { makePerson } from '../people/testing/people';
import { type Desk, makeDesk, OTHER_PNG, PNG } from '../vaults/testing/desk';
import { readSharedNote } from './note';
import { findShare, findShareable, findSharedFile, listShares } from './queries';
import { shareInput } from './schema';
import { makeShareToken, readShareToken } from './token';
import { createShare, redeemShare, revokeShare } from './write';

let desk: Desk;
let ada: Person;
let fileId: string;
beforeAll(async () => {
  desk = await makeDesk();
  await desk.publish(
    await desk.folder('closed', {
      'Ada.md': '![[seal.png]] and [[Bo]] and ![[Bo]]\n',
      'Bo.md': '![[secret.png]]\n',
      'seal.png': PNG,
      'secret.png': OTHER_PNG,
    }),
  );
  const [row] = await desk.sql<{ id: string }[]>`select id from file where name = 'seal.png'`;
  fileId = row?.id ?? '';
  ada = await makePerson(desk, 'Ada', { role: 'owner' });
});
afterAll(() => desk.clear());

const device = { address: '127.0.0.1', agent: 'test' };
async function share(given: Record<string, string> = {}): Promise<{ id: string; token: string }> {
  const made = await createShare(ada, shareInput.parse({ target: fileId, days: '7', ...given }));
  if (!made) throw new Error('not made');
  return { id: made.id, token: made.href.slice('/s/'.length) };
}
const redeem = (id: string, password = '') => redeemShare(anonymous, { id, password }, device);
async function take(id: string): Promise<string> {
  const redeemed = await redeem(id);
  if (redeemed.as !== 'open') throw new Error(redeemed.as);
  return redeemed.token;
}

describe('a share link', () => {
  it('opens a closed file to whoever has it, byte for byte', async () => {
    const { id, token } = await share();
    expect(await findShare(anonymous, token)).toMatchObject({ id, state: 'open', kind: 'file', name: 'seal.png' });
    const file = await findSharedFile(anonymous, id, await take(id));
    if (!file) throw new Error('not found');
    const shelf = { store: desk.store, ring: await keyRing(), instance: file.instance };
    const opened = await openBytes(shelf, 'original', file.stored);
    expect((await buffer(opened.all()).finally(opened.close)).equals(PNG)).toBe(true);
    const other = await share();
    expect(await findSharedFile(anonymous, other.id, await take(id)), 'each opens its own').toBeNull();
    expect(await findSharedFile(anonymous, id, 'x'.repeat(43))).toBeNull();
  });

  it('is made, listed and closed by owners and editors only', async () => {
    const input = shareInput.parse({ target: fileId, days: 1 });
    const bo = await makePerson(desk, 'Bo');
    for (const viewer of [anonymous, bo]) {
      expect(await createShare(viewer, input)).toBeNull();
      expect(await listShares(viewer)).toBeNull();
      const { id, token } = await share();
      expect(await revokeShare(viewer, id)).toBe(false);
      expect((await findShare(anonymous, token))?.state).toBe('open');
    }
    const ed = await makePerson(desk, 'Eve', { role: 'editor' });
    expect(await createShare(ed, input)).not.toBeNull();
    expect(await createShare(ed, { ...input, target: '0190f5a4-0000-7000-8000-000000000000' })).toBeNull();
  });

  it('is shown again as it was, with its state and what it was for', async () => {
    const { id, token } = await share({ remark: 'for Bo', maxUses: '2' });
    await take(id);
    expect((await listShares(ada))?.[0]).toMatchObject({
      id,
      href: `/s/${token}`,
      remark: 'for Bo',
      vault: 'closed',
      used: 1,
      usesLeft: 1,
      state: 'open',
    });
  });

  it('can still be seen and closed while the key ring is gone', async () => {
    const { id } = await share();
    const ring = process.env.KEY_RING;
    process.env.KEY_RING = `${ring}-gone`;
    try {
      expect((await listShares(ada))?.[0]).toMatchObject({ id, href: null, state: 'open' });
      expect(await revokeShare(ada, id)).toBe(true);
      await expect(share()).rejects.toThrow('key ring');
    } finally {
      process.env.KEY_RING = ring;
    }
  });

  it('can be made to what its maker may read, which has a name, and to nothing else', async () => {
    expect(await findShareable(ada, fileId)).toEqual({ name: 'seal.png', vault: 'closed' });
    const [note] = await desk.sql<{ id: string }[]>`select id from note where title = 'Bo'`;
    expect(await findShareable(ada, Number(note?.id))).toEqual({ name: 'Bo', vault: 'closed' });
    expect(await findShareable(ada, 2_000_000_000)).toBeNull();
    expect(await findShareable(anonymous, fileId)).toBeNull();
    expect(await findShareable(await makePerson(desk, 'Moe'), fileId)).toBeNull();
  });

  it('that is closed opens nothing from then on, whoever had opened it', async () => {
    const { id, token } = await share();
    const held = await take(id);
    expect(await revokeShare(ada, id)).toBe(true);
    expect(await revokeShare(ada, id)).toBe(false);
    expect((await findShare(anonymous, token))?.state).toBe('revoked');
    expect(await findSharedFile(anonymous, id, held)).toBeNull();
    expect(await redeem(id)).toEqual({ as: 'gone' });
  });

  it('ends when its time is over on the database’s clock, and so does each redemption', async () => {
    const { id, token } = await share();
    const held = await take(id);
    await desk.sql`update redemption set expires_at = now() where share_id = ${id}`;
    expect(await findSharedFile(anonymous, id, held)).toBeNull();
    const again = await take(id);
    expect(await findSharedFile(anonymous, id, again)).not.toBeNull();
    await desk.sql`update share set expires_at = now() - interval '1 second' where id = ${id}`;
    expect((await findShare(anonymous, token))?.state).toBe('expired');
    expect(await findSharedFile(anonymous, id, again)).toBeNull();
    expect(await redeem(id)).toEqual({ as: 'gone' });
  });

  it('with a password opens with it alone, and makes guessing slow', async () => {
    const { id } = await share({ password: 'correct horse' });
    expect(await redeem(id, 'correct horse')).toMatchObject({ as: 'open' });
    for (let i = 0; i < 4; i++) expect((await redeem(id, 'wrong')).as).toMatch(/wrong|wait/);
    expect((await redeem(id, 'correct horse')).as).toBe('wait');
    const rows = await desk.sql<{ hash: string }[]>`select password_hash as hash from share where id = ${id}`;
    expect(rows[0]?.hash).toMatch(/^\$argon2id\$/);
    expect(JSON.stringify(await listShares(ada))).not.toContain('argon2');
  });

  it.each([
    [25, 60],
    [1, 2],
  ])('for %i uses is used exactly so often by %i who come at once', async (limit, clients) => {
    const { id, token } = await share({ maxUses: String(limit) });
    const pool = connect(desk.url, { max: 12 });
    const results = await Promise.all(
      Array.from({ length: clients }, () => redeemShare(anonymous, { id, password: '' }, device, pool.db)),
    ).finally(pool.close);
    const open = results.filter(({ as }) => as === 'open');
    expect([open.length, results.length - open.length]).toEqual([limit, clients - limit]);
    expect((await findShare(anonymous, token))?.state).toBe('exhausted');
    const rows = await desk.sql`select 1 from redemption where share_id = ${id}`;
    expect(rows).toHaveLength(limit);
    for (const each of open)
      expect(each.as === 'open' && (await findSharedFile(anonymous, id, each.token))).toBeTruthy();
  });

  it('opens also after the keys were rotated', async () => {
    const { token } = await share();
    await rotateKeys(desk.db);
    expect((await findShare(anonymous, token))?.state).toBe('open');
    expect((await share()).token.split('.')[2]).not.toBe(token.split('.')[2]);
  });
});

describe('a shared note', () => {
  it('is read with its own pictures, and shows nothing else that is closed', async () => {
    const [row] = await desk.sql<{ id: number }[]>`select id::int from note where title = 'Ada'`;
    const { id, token } = await share({ target: String(row?.id) });
    const held = await take(id);
    expect(await findShare(anonymous, token)).toMatchObject({ kind: 'note', name: 'Ada', size: null });
    const page = `/s/${token}`;
    const read = await readSharedNote(anonymous, id, held, page);
    expect(read?.title).toBe('Ada');
    expect(read?.html).toContain(`src="${page}/file/seal.png?id=${fileId}"`);
    expect(read?.html).toContain('<span class="unresolved">Bo</span>');
    expect(read?.html).not.toContain('secret.png');
    expect(await findSharedFile(anonymous, id, held, fileId)).toMatchObject({ name: 'seal.png' });
    const [other] = await desk.sql<{ id: string }[]>`select id from file where name = 'secret.png'`;
    expect(await findSharedFile(anonymous, id, held, other?.id ?? '')).toBeNull();
    expect(await findSharedFile(anonymous, id, held)).toBeNull();
    expect(await findSharedFile(anonymous, id, held, "' or 1=1")).toBeNull();
    await revokeShare(ada, id);
    expect(await readSharedNote(anonymous, id, held, page)).toBeNull();
  });
});

describe('the address of a share link', () => {
  const ring = makeRing();
  const instance = '3f2c1a52-3b1e-4d4f-9a55-0d2c8f4e9b11';
  const claim = { shareId: '0190f5a4-1234-7000-8000-00000000abcd', expiresAt: new Date('2026-12-24T18:00:00Z') };
  const token = makeShareToken(ring, instance, claim);

  it('says which link it is, and can be said again', () => {
    expect(readShareToken(ring, instance, token)).toEqual(claim);
    expect(makeShareToken(ring, instance, claim)).toBe(token);
    expect(readShareToken(withNewKey(ring), instance, token)).toEqual(claim);
  });

  it('is worth nothing with any letter changed, added, left out or written otherwise', () => {
    for (let at = 0; at < token.length; at++) {
      for (const letter of ['A', 'b', '0', '-', '.', '%']) {
        if (token[at] === letter) continue;
        expect(
          readShareToken(ring, instance, token.slice(0, at) + letter + token.slice(at + 1)),
          `${at}${letter}`,
        ).toBeNull();
      }
      expect(readShareToken(ring, instance, token.slice(0, at) + token.slice(at + 1))).toBeNull();
    }
    for (const other of [
      `${token}=`,
      `${token}A`,
      ` ${token}`,
      token.toUpperCase(),
      '',
      '.',
      '...',
      'x'.repeat(5_000),
    ]) {
      expect(readShareToken(ring, instance, other)).toBeNull();
    }
  });

  it('serves no other site and no other key ring', () => {
    expect(readShareToken(ring, '3f2c1a52-3b1e-4d4f-9a55-0d2c8f4e9b12', token)).toBeNull();
    expect(readShareToken(makeRing(), instance, token)).toBeNull();
    expect(readShareToken({ ...ring, keys: new Map([[ring.primary, Buffer.alloc(32)]]) }, instance, token)).toBeNull();
  });
});
