import { describe, expect, it } from 'vitest';
import { compileNote } from '../markdown/testing';
import { howToName } from './how-to-name';

describe('what to write in a note to name a file', () => {
  it.each([
    ['cover.png', '![[cover.png]]'],
    ['Talk.MP3', '![[Talk.MP3]]'],
    ['plan.pdf', '![[plan.pdf]]'],
    ['prices.csv', '[[prices.csv]]'],
    ['no ending', '[[no ending]]'],
  ])('%s', (name, written) => {
    expect(howToName(name)).toBe(written);
  });

  it.each([
    'cover.png',
    'Plan de la tienda (2026).pdf',
    'número 1.csv',
    'a#b.png',
    'a|b.csv',
    'a^b.zip',
    'odd [draft].png',
    '100% & more.bin',
    '50%%.png',
  ])('%s is what it leads to', async (name) => {
    const { slots } = await compileNote(`Before ${howToName(name)} after`);
    expect(slots).toMatchObject([{ target: name, fragment: null }]);
  });
});
