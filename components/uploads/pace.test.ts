import { describe, expect, it } from 'vitest';
import { makePace } from './pace';

function paceAt() {
  let now = 0;
  const pace = makePace(() => now);
  return {
    pace,
    at: (milliseconds: number, sent: number) => {
      now = milliseconds;
      pace.note(sent);
    },
  };
}

describe('how fast something goes', () => {
  it('is not told before it can be', () => {
    const { pace, at } = paceAt();
    expect(pace.speed()).toBeNull();
    at(0, 0);
    at(100, 1_000_000);
    expect(pace.speed()).toBeNull();
  });

  it('is that of the last seconds, not of the whole', () => {
    const { pace, at } = paceAt();
    for (let second = 0; second <= 10; second++) at(second * 1_000, second * 1_000_000);
    for (let second = 11; second <= 20; second++) at(second * 1_000, 10_000_000 + (second - 10) * 2_000);
    expect(pace.speed()).toBe(2_000);
  });

  it('does not count what was sent before as sent now, when it goes on after a cut', () => {
    const { pace, at } = paceAt();
    at(0, 0);
    at(1_000, 9_000_000);
    at(2_000, 5_000_000); // the site had only got so far
    at(3_000, 6_000_000);
    expect(pace.speed()).toBe(1_000_000);
  });
});
