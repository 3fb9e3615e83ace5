import { describe, expect, it, vi } from 'vitest';
import { InFlight } from './in-flight';
import { Warmer } from './warmer';

describe('the warmer', () => {
  it('asks for the first page at once, and for the others when nobody waits for one', async () => {
    const inFlight = new InFlight();
    let release: () => void = () => {};
    const rendering = inFlight.during(new Promise<void>((resolve) => (release = resolve)));
    const visit = vi.fn(async (_: string) => {});
    const warmer = new Warmer(visit, () => inFlight.quiet());
    warmer.add(['/a', '/b', '/c']);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(visit.mock.calls.flat()).toEqual(['/a']);
    release();
    await rendering;
    await expect.poll(() => visit.mock.calls.flat()).toEqual(['/a', '/b', '/c']);
  });
});
