import { expect, it } from 'vitest';
import { csvLine } from './csv';

it('quotes what would end a cell or a line', () =>
  expect(csvLine(['a', 'b,c', 'say "no"', 'two\nlines', ''])).toBe('a,"b,c","say ""no""","two\nlines",\r\n'));

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '  =HYPERLINK("http://x")', '\n-2'])(
  'lets no spreadsheet compute %j',
  (text) => expect(csvLine([text]).replace(/^"/, '')).toMatch(/^'/),
);

it('leaves other text as it is', () => expect(csvLine(['2026-11-22', '1-1', 'a=b'])).toBe('2026-11-22,1-1,a=b\r\n'));
