import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { answerWithBody } from '@/lib/http/exchange';
import { forwardDownload } from './downloads';
import { SiteResponse } from './response';

const BLOCK = Buffer.alloc(262_144);
const MINUTE = 60_000;

let server: Server;
let visitor: Socket;
let given = 0;
const closed = vi.fn(async (_sent: number) => {});

/** More than the system takes for a visitor who takes nothing. */
async function* endless() {
  for (;;) {
    given++;
    yield BLOCK;
  }
}

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  given = 0;
  closed.mockClear();
  server = createServer({ ServerResponse: SiteResponse }, (request, response) => {
    const next = async () => {
      answerWithBody({ blocks: endless(), close: closed });
      response.writeHead(200, { 'content-length': String(1e12) });
      response.end();
    };
    void forwardDownload(next, request, response, { missing: async () => false, locked: () => {} });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  visitor = connect((server.address() as AddressInfo).port, '127.0.0.1');
  visitor.on('error', () => {});
  visitor.pause();
  visitor.write('GET /files/1/a HTTP/1.1\r\nHost: a\r\n\r\n');
});
afterEach(() => {
  vi.useRealTimers();
  visitor.destroy();
  server.close();
});

/** Waits until the server has nothing to do but to wait for the visitor. */
async function settled(): Promise<number> {
  for (let before = -1, still = 0; still < 20; still = before === given && given > 1 ? still + 1 : 0) {
    before = given;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return given;
}

it('gives up a visitor who takes nothing for ten minutes, and waits for one who takes a little', async () => {
  const held = await settled();
  vi.advanceTimersByTime(9 * MINUTE);
  expect(await settled(), 'nothing is read for whoever takes nothing').toBe(held);
  expect(closed).not.toHaveBeenCalled();

  visitor.resume();
  await vi.waitUntil(() => given > held + 4);
  visitor.pause();
  const more = await settled();
  vi.advanceTimersByTime(9 * MINUTE);
  expect(await settled()).toBe(more);
  expect(closed, 'ten minutes since the last block').not.toHaveBeenCalled();

  vi.advanceTimersByTime(MINUTE);
  await vi.waitUntil(() => closed.mock.calls.length === 1);
  expect(closed.mock.calls[0]?.[0]).toBeGreaterThan(4 * BLOCK.length);
  expect(closed.mock.calls[0]?.[0], 'what was not taken does not count').toBeLessThan(more * BLOCK.length);
});
