import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planAnswer } from './plan';
import { chooseRange } from './ranges';

const MODIFIED = new Date('2026-11-22T10:20:30.456Z');
const DATE = 'Sun, 22 Nov 2026 10:20:30 GMT';
const EARLIER = 'Sun, 22 Nov 2026 10:20:29 GMT';
const LATER = 'Sun, 22 Nov 2026 10:20:31 GMT';
const ETAG = '"ada"';
function ask(headers: Record<string, string>, { method = 'GET', size = 1_000 } = {}) {
  const plan = planAnswer({ method, headers: new Headers(headers) }, { size, etag: ETAG, modified: MODIFIED });
  return { ...plan, length: plan.headers['x-content-length'], range: plan.headers['content-range'] };
}

describe('a range', () => {
  it.each([
    ['bytes=0-0', 0, 0],
    ['bytes=0-8', 0, 8],
    ['bytes=990-', 990, 999],
    ['bytes=-10', 990, 999],
    ['bytes=990-1990', 990, 999],
    ['bytes=-5000', 0, 999],
    ['Bytes=5-9', 5, 9],
    ['bytes= 5-9 ', 5, 9],
    ['bytes=,5-9,', 5, 9],
    ['bytes=0-4,5-9', 0, 9],
    ['bytes=5-9, 0-6', 0, 9],
    ['bytes=0-8,2000-', 0, 8],
    [`bytes=7-${'9'.repeat(400)}`, 7, 999],
    [`bytes=-${'9'.repeat(400)}`, 0, 999],
    ['bytes=5-9007199254740993', 5, 999],
  ])('%s is sent as such', (range, start, end) => {
    expect(ask({ range })).toMatchObject({
      status: 206,
      send: { start, end },
      range: `bytes ${start}-${end}/1000`,
      length: String(end - start + 1),
    });
  });

  it.each(['bytes=1000-', 'bytes=-0', 'bytes=1000-1001,5000-', `bytes=${'9'.repeat(400)}-`, 'bytes=9007199254740993-'])(
    '%s of a thousand bytes cannot be satisfied',
    (range) => {
      expect(ask({ range })).toMatchObject({ status: 416, send: null, range: 'bytes */1000', length: '0' });
    },
  );

  it.each([
    '',
    'alpha',
    '10',
    'bytes',
    'bytes=',
    'bytes=,',
    'bytes=-',
    'bytes=10',
    'bytes=10-alpha',
    'bytes=9-1',
    'bytes=9-1,0-5',
    'bytes=1e2-200',
    'bytes=0x1-0x2',
    'bytes=+1-2',
    'bytes=--5',
    'bytes=1-2-3',
    'items=0-1',
    'bytes=0-1,5-6',
    `bytes=${'0-0,'.repeat(9_999)}1-1`,
    `bytes=${' '.repeat(8_000)}x`,
  ])('%j is none, and the whole is sent', (range) => {
    expect(ask({ range })).toMatchObject({
      status: 200,
      send: { start: 0, end: 999 },
      range: undefined,
      length: '1000',
    });
  });

  it.each(['bytes=0-0', 'bytes=0-', 'bytes=-1', 'bytes=-0'])('%s of nothing is all there is', (range) => {
    expect(ask({ range }, { size: 0 })).toMatchObject({ status: 200, send: null, length: '0' });
  });

  it('is for GET alone', () => {
    expect(ask({ range: 'bytes=0-8' }, { method: 'HEAD' })).toMatchObject({ status: 200, send: null, length: '1000' });
    expect(ask({ range: 'bytes=2000-' }, { method: 'HEAD' }).status).toBe(200);
  });

  it('of any kind is what a byte by byte reading of it says', () => {
    const number = fc.oneof(
      fc.integer({ min: 0, max: 40 }).map(String),
      fc.constant(''),
      fc.constant('99999999999999999999'),
    );
    const spec = fc.tuple(number, number).map(([first, last]) => `${first}-${last}`);
    fc.assert(
      fc.property(fc.array(spec, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 30 }), (specs, size) => {
        const chosen = chooseRange(`bytes=${specs.join(',')}`, size);
        const bytes = specs.map((each) => oracle(each, size));
        const all = [...new Set(bytes.flat())].map(Number).sort((a, b) => a - b);
        const [start, end] = [all[0], all.at(-1)];
        if (bytes.includes('invalid')) expect(chosen).toEqual({ as: 'whole' });
        else if (start === undefined || end === undefined) expect(chosen).toEqual({ as: 'none' });
        else expect(chosen).toEqual(end - start + 1 === all.length ? { as: 'part', start, end } : { as: 'whole' });
      }),
      { numRuns: 2_000 },
    );
  });

  it('never makes it fail', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^bytes=[-0-9, ]*$/)), fc.nat(), (header, size) => {
        const chosen = chooseRange(header, size);
        if (chosen.as !== 'part') return;
        expect(0 <= chosen.start && chosen.start <= chosen.end && chosen.end < size).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

/** Counts the bytes one by one. */
function oracle(spec: string, size: number): number[] | 'invalid' {
  const [first = '', last = ''] = spec.split('-');
  if (spec === '-' || (first !== '' && last !== '' && BigInt(last) < BigInt(first))) return 'invalid';
  return Array.from({ length: size }, (_, at) => at).filter((at) => {
    if (first === '') return BigInt(size - at) <= BigInt(last);
    return BigInt(at) >= BigInt(first) && (last === '' || BigInt(at) <= BigInt(last));
  });
}

describe('a condition', () => {
  it.each([
    [{ 'if-none-match': ETAG }],
    [{ 'if-none-match': `"x", ${ETAG}` }],
    [{ 'if-none-match': `W/${ETAG}` }],
    [{ 'if-none-match': '*' }],
    [{ 'if-none-match': ETAG, range: 'bytes=0-0' }],
    [{ 'if-none-match': ETAG, 'if-modified-since': EARLIER }],
    [{ 'if-modified-since': DATE }],
    [{ 'if-modified-since': LATER }],
    [{ 'if-modified-since': 'Sunday, 22-Nov-26 10:20:30 GMT' }],
    [{ 'if-modified-since': 'Sun Nov 22 10:20:30 2026' }],
    [{ 'if-match': ETAG, 'if-none-match': ETAG }],
  ])('%j is met by what the visitor has', (headers) => {
    expect(ask(headers)).toMatchObject({ status: 304, send: null, length: undefined, headers: { etag: ETAG } });
    expect(ask(headers, { method: 'HEAD' }).status).toBe(304);
  });

  it.each([
    [{ 'if-none-match': '"other"' }],
    [{ 'if-none-match': 'ada' }],
    [{ 'if-none-match': '"other"', 'if-modified-since': LATER }],
    [{ 'if-modified-since': EARLIER }],
    [{ 'if-modified-since': 'yesterday' }],
    [{ 'if-match': ETAG }],
    [{ 'if-match': '*' }],
    [{ 'if-match': ETAG, 'if-unmodified-since': EARLIER }],
    [{ 'if-unmodified-since': DATE }],
    [{ 'if-unmodified-since': 'never' }],
  ])('%j has it sent', (headers) => {
    expect(ask(headers)).toMatchObject({ status: 200, send: { start: 0, end: 999 } });
  });

  it.each([
    [{ 'if-match': '"other"' }],
    [{ 'if-match': `W/${ETAG}` }],
    [{ 'if-match': '"other"', 'if-none-match': ETAG }],
    [{ 'if-unmodified-since': EARLIER }],
    [{ 'if-unmodified-since': EARLIER, range: 'bytes=0-0' }],
  ])('%j fails', (headers) => {
    expect(ask(headers)).toMatchObject({ status: 412, send: null, length: '0' });
  });

  it.each([
    [ETAG, 206],
    [DATE, 206],
    ['"other"', 200],
    [`W/${ETAG}`, 200],
    [EARLIER, 200],
    [LATER, 200],
    ['', 200],
  ])('If-Range: %s makes it %i', (ifRange, status) => {
    expect(ask({ range: 'bytes=1-2', 'if-range': ifRange }).status).toBe(status);
    expect(ask({ range: 'bytes=2000-', 'if-range': ifRange }).status).toBe(status === 206 ? 416 : 200);
  });
});
