import { beforeAll, describe, expect, it } from 'vitest';
import { makeReference, type Observation, openReference, visitorKey } from './observation';
import { Observatory } from './observatory';
import { toOtlp } from './otlp';
import { redactHeaders, redactPath, redactQuery } from './redact';

const TOKEN = 'kJ8x_2mQzP7vR1tYw9LbN4cD6fG0hS3aE5uI-oXqZjM';

beforeAll(() => {
  process.env.INTERNAL_SECRET ??= 'a secret of this test';
});

describe('a reference', () => {
  const id = 'a'.repeat(32);

  it('opens for its holder, for an hour', () => {
    const reference = makeReference(id, 'person 1', 0);
    expect(openReference(reference, 'person 1', 3_599_000)).toBe(id);
    expect(openReference(reference, 'person 1', 3_700_000)).toBeNull();
  });

  it('opens for nobody else, nor changed', () => {
    const reference = makeReference(id, 'person 1');
    expect(openReference(reference, 'person 2')).toBeNull();
    expect(openReference(reference.replace(/^a/, 'b'), 'person 1')).toBeNull();
    expect(openReference(reference.replace(/\.[0-9a-z]+\./, '.zzzzzz.'), 'person 1')).toBeNull();
    expect(openReference(id, 'person 1')).toBeNull();
  });

  it('tells browsers and networks apart', () => {
    expect(visitorKey('1.2.3.4', 'a')).not.toBe(visitorKey('1.2.3.5', 'a'));
    expect(visitorKey('1.2.3.4', 'a')).not.toBe(visitorKey('1.2.3.4', 'b'));
  });
});

describe('what is written down', () => {
  it('leaves out of addresses what opens something', () => {
    for (const path of [`/s/${TOKEN}`, `/setup/${TOKEN}`, `/anything/${TOKEN}`, `/reset/${TOKEN}/more`])
      expect(redactPath(path)).not.toContain(TOKEN.slice(0, 12));
    expect(redactPath('/en/1-The-request/Request-and-response')).toBe('/en/1-The-request/Request-and-response');
    expect(redactQuery(`?q=bread&token=abc&x=${TOKEN}`)).toEqual([
      ['q', 'bread'],
      ['token', null],
      ['x', null],
    ]);
  });

  it('keeps values of harmless headers only', () => {
    const told = redactHeaders({
      cookie: `sid=${TOKEN}`,
      authorization: 'Basic x',
      'x-anything': 'y',
      accept: 'text/html',
      referer: `http://localhost/setup/${TOKEN}?a=${TOKEN}`,
      'set-cookie': [`sid=${TOKEN}; HttpOnly`],
      'x-internal-secret': 'z',
      'content-security-policy': "script-src 'nonce-abc'",
    });
    expect(JSON.stringify(told)).not.toContain(TOKEN);
    expect(told).toContainEqual(['cookie', null]);
    expect(told).toContainEqual(['authorization', null]);
    expect(told).toContainEqual(['x-anything', null]);
    expect(told).toContainEqual(['accept', 'text/html']);
    expect(told).toContainEqual(['content-security-policy', "script-src 'nonce-…'"]);
    expect(told.map(([name]) => name)).not.toContain('x-internal-secret');
  });
});

const observed = (id: string): Observation => ({
  trace: {
    id,
    origin: 0,
    person: null,
    omitted: 0,
    spans: [
      { parent: null, kind: 'next', name: 'render', begin: 1, end: 9, facts: { route: '/[vault]' } },
      { parent: 0, kind: 'query', name: 'select 1', begin: 2, end: 3, facts: { rows: 1, parameters: ['quince'] } },
    ],
  },
  at: '2026-01-01T00:00:00.000Z',
  visitor: '',
  probe: false,
  request: { method: 'GET', path: '/en', query: [], headers: [], session: false },
  response: { status: 200, headers: [], bytes: 10, head: 5, end: 10, cut: false },
  page: { path: '/en', variant: '' },
  files: {},
  source: 'Next',
});

it('forgets the oldest beyond its bounds', () => {
  const place = new Observatory();
  for (let i = 0; i < 1_000; i++) place.add(observed(i.toString(16).padStart(32, '0')));
  expect(place.find('0'.repeat(32))).toBeNull();
  expect(place.find((999).toString(16).padStart(32, '0'))).not.toBeNull();
  expect(place.recent(2_000)).toHaveLength(400);
});

it('is exported as OTLP, each span in its place and without values', () => {
  const [resource] = toOtlp([observed('c'.repeat(32))]).resourceSpans;
  const [root, render, query] = resource?.scopeSpans[0]?.spans ?? [];
  expect(root).toMatchObject({ name: 'GET /en', kind: 2, traceId: 'c'.repeat(32) });
  expect(root?.startTimeUnixNano).toBe('1767225600000000000');
  expect(root?.endTimeUnixNano).toBe('1767225600010000000');
  expect(render && 'parentSpanId' in render && render.parentSpanId).toBe(root?.spanId);
  expect(query && 'parentSpanId' in query && query.parentSpanId).toBe(render?.spanId);
  expect(new Set([root, render, query].map((span) => span?.spanId)).size).toBe(3);
  for (const span of [root, render, query]) expect(span?.spanId).toMatch(/^[0-9a-f]{16}$/);
  expect(JSON.stringify(query)).toContain('"db.query.text","value":{"stringValue":"select 1"}');
  expect(JSON.stringify(query)).not.toContain('quince');
});
