import { afterEach, describe, expect, it, vi } from 'vitest';
import { safePath } from '@/lib/http/own-path';
import { absolute, decodePath, samePath } from './address';

afterEach(() => vi.unstubAllEnvs());

describe('an address', () => {
  it('is decoded segment by segment, and null when an escape is malformed', () => {
    expect(decodePath(['Introducci%C3%B3n', 'a%2Fb'])).toBe('Introducción/a/b');
    expect(decodePath(['%E0%A4%A'])).toBeNull();
    expect(decodePath()).toBe('');
  });

  it('is the same however it is encoded', () => {
    expect(samePath('/v/Introducci%C3%B3n', '/v/Introducción')).toBe(true);
    expect(samePath('/v/a', '/v/A')).toBe(false);
  });

  it('is absolute under the SITE_URL of the moment', () => {
    vi.stubEnv('SITE_URL', 'https://notes.example.org/');
    expect(absolute('/v')).toBe('https://notes.example.org/v');
    vi.stubEnv('SITE_URL', '');
    vi.stubEnv('PORT', '4000');
    expect(absolute('/')).toBe('http://localhost:4000/');
  });
});

describe('where a form leads back to', () => {
  it.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example/',
    '/\t/evil.example',
    'javascript:alert(1)',
    'http://[',
  ])('is home for %j', (to) => expect(safePath(to)).toBe('/'));

  it('is a path of this site otherwise', () => {
    expect(safePath('/search?q=a')).toBe('/search?q=a');
    expect(safePath('/vault/note#part')).toBe('/vault/note');
  });
});
