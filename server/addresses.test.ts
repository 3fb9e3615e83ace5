import { describe, expect, it, vi } from 'vitest';
import { type Address, Addresses } from './addresses';

const page: Address = { as: 'page' };
const unknown: Address = { as: 'unknown' };

describe('known addresses', () => {
  it('are looked up once', async () => {
    const lookup = vi.fn(async () => page);
    const addresses = new Addresses(lookup);
    await addresses.ask('/course/one');
    expect(await addresses.ask('/course/one')).toEqual(page);
    expect(lookup).toHaveBeenCalledTimes(1);
  });

  it('never include those that lead nowhere', async () => {
    let published = false;
    const addresses = new Addresses(async () => (published ? page : unknown));
    for (let n = 0; n < 1_000; n++) await addresses.ask(`/course/${n}`);
    expect(addresses.size).toBe(0);
    published = true;
    expect(await addresses.ask('/course/7')).toEqual(page);
  });

  it('are bounded in number', async () => {
    const addresses = new Addresses(async () => page, 10);
    for (let n = 0; n < 100; n++) await addresses.ask(`/course/${n}`);
    expect(addresses.size).toBe(10);
  });

  it('are forgotten alone and by prefix', async () => {
    const addresses = new Addresses(async () => page);
    for (const path of ['/a/1', '/a/2', '/b/1']) await addresses.ask(path);
    addresses.drop(['/b/1']);
    expect(addresses.size).toBe(2);
    addresses.drop(['/a/*']);
    expect(addresses.size).toBe(0);
  });

  it('are not remembered from before a change', async () => {
    let answer: (address: Address) => void = () => {};
    const addresses = new Addresses(() => new Promise((resolve) => (answer = resolve)));
    const asked = addresses.ask('/course/one');
    addresses.drop(['/course/one']);
    answer(page);
    await asked;
    expect(addresses.size).toBe(0);
  });

  it('are taken for pages while the database is down', async () => {
    const addresses = new Addresses(async () => Promise.reject(new Error('down')));
    expect(await addresses.ask('/course/one')).toEqual(page);
    expect(addresses.size).toBe(0);
  });
});
