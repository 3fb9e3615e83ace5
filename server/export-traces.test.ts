import { createServer } from 'node:http';
import { expect, it } from 'vitest';
import { exportTraces } from './export-traces';

it('sends what was seen to a collector, at the latest when it is closed', async () => {
  const taken: { url?: string; body: string }[] = [];
  const collector = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk;
    });
    request.on('end', () => {
      taken.push({ url: request.url, body });
      response.end('{}');
    });
  });
  const port = await new Promise<number>((resolve) => {
    collector.listen(0, '127.0.0.1', () => {
      const address = collector.address();
      resolve(address && typeof address === 'object' ? address.port : 0);
    });
  });
  const exporter = exportTraces(`http://127.0.0.1:${port}/`);
  exporter.add({
    trace: { id: 'd'.repeat(32), origin: 0, spans: [], omitted: 0, person: null },
    at: '2026-01-01T00:00:00.000Z',
    visitor: '',
    probe: false,
    request: { method: 'GET', path: '/en', query: [], headers: [], session: false },
    response: null,
    page: { path: '/en', variant: '' },
    files: {},
    source: 'Next',
  });
  await exporter.close();
  collector.close();
  expect(taken).toHaveLength(1);
  expect(taken[0]?.url).toBe('/v1/traces');
  expect(JSON.parse(taken[0]?.body ?? '').resourceSpans[0].scopeSpans[0].spans[0].traceId).toBe('d'.repeat(32));
});
