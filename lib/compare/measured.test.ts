import { expect, it } from 'vitest';
import { type Measured, queriesOf, type Run, readStamps, summarise, valuesOf } from './measured';
import { headsOf, rowsOf, toCsv, toMarkdown } from './table';

const run = (complete: number, cold = false): Run => ({ cold, firstByte: 1, content: null, complete, bytes: 300 });
const measured: Measured = {
  mode: 'partial',
  status: 200,
  runs: [run(9, true), run(3), run(5), run(4)],
  proof: [],
  stamps: [
    { part: 'page', at: '', process: '1', queries: 9, label: 'The text' },
    { part: 'visit', at: '', process: '1', queries: 2, label: 'For you' },
  ],
  arrivals: [],
};

it('sums up a distribution by values that were measured', () => {
  expect(summarise([5, 1, 3])).toEqual({ runs: 3, median: 3, p95: 5, low: 1, high: 5, least: 1 });
  expect(summarise([1, 2, 3, 4])).toMatchObject({ median: 2.5, p95: 4, low: 1, high: 3 });
  expect(summarise(Array.from({ length: 100 }, (_, i) => i + 1))).toMatchObject({ median: 50.5, p95: 95 });
  expect(summarise([])).toBeNull();
});

it('tells cold from warm, and leaves out what never came', () => {
  expect(valuesOf(measured, 'complete', true)).toEqual([9]);
  expect(valuesOf(measured, 'complete', false)).toEqual([3, 5, 4]);
  expect(valuesOf(measured, 'content')).toEqual([]);
});

it('counts the queries of this visit only, not those of what was kept', () => {
  expect(queriesOf(measured)).toBe(2);
  expect(queriesOf({ ...measured, mode: 'dynamic' })).toBe(11);
  expect(queriesOf({ ...measured, mode: 'static', stamps: measured.stamps.slice(0, 1) })).toBe(0);
  expect(queriesOf({ ...measured, stamps: [] })).toBeNull();
});

it('reads the stamps of a page', () => {
  const html = `<p class="stamp-facts" data-stamp="visit" data-at="2026-01-01T00:00:00.123Z" data-process="7·ab" data-queries="2">
    <span>Para Ana &amp; Luz:</span> <time>…</time></p>`;
  expect(readStamps(html)).toEqual([
    {
      part: 'visit',
      at: '2026-01-01T00:00:00.123Z',
      process: '7·ab',
      queries: 2,
      label: 'Para Ana & Luz',
    },
  ]);
});

it('copies as Markdown and as CSV', () => {
  const heads = headsOf({
    mode: 'Mode, made',
    runs: 'Runs',
    firstByte: 'First byte',
    content: 'Text',
    complete: 'All',
    p95: 'p95',
    spread: 'half',
    bytesCold: 'cold',
    bytesWarm: 'warm',
    queries: 'Queries',
  });
  const rows = rowsOf([measured], () => 'Partial | hole');
  expect(rows).toEqual([
    ['Partial | hole', '4', '1.0', '1.0', '1.0–1.0', '', '', '', '4.5', '9.0', '3.0–5.0', '300', '300', '2'],
  ]);
  const markdown = toMarkdown(heads, rows).trimEnd().split('\n');
  expect(markdown[2]).toMatch(/^\| Partial \\\| hole \| 4 \|/);
  expect(new Set(markdown.map((line) => line.replace('\\|', '').split('|').length))).toEqual(
    new Set([heads.length + 2]),
  );
  expect(toCsv(heads, rows).split('\r\n')[0]).toMatch(/^"Mode, made",Runs,First byte \(ms\),"First byte, p95",/);
});
