import { describe, expect, it } from 'vitest';
import { storable } from './storable';

describe('what a database can store', () => {
  it('is left as it is', () => {
    const value = { text: 'Ada \\u0000 "ñ" 😀 \u0001', list: [1, null, true] };
    expect(storable(value)).toBe(value);
  });

  it('has no U+0000 and no half characters', () =>
    expect(storable({ 'a\0': ['\ud800x', 'x\udc00', '\\\0', '\ud83d\ude00'] })).toEqual({
      'a\uFFFD': ['\uFFFDx', 'x\uFFFD', '\\\uFFFD', '😀'],
    }));
});
