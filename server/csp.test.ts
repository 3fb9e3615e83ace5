import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makeNonce, policyForNonce, policyForPage, scriptHashes } from './csp';

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

describe('the content security policy', () => {
  it('names each inline script a browser would run, once', () => {
    const html = '<script>a()</script><script async="">b("<p>")</script><script>a()</script>';
    expect(scriptHashes(html)).toEqual([hashOf('a()'), hashOf('b("<p>")')]);
  });

  it('leaves out scripts of their own file, data blocks and empty ones', () => {
    const html =
      '<script src="/x.js"></script><script type="application/ld+json">{}</script><script></script><script id="_R_">c()</script>';
    expect(scriptHashes(html)).toEqual([hashOf('c()')]);
    expect(scriptHashes('<script type="module">m()</script>')).toEqual([hashOf('m()')]);
  });

  it('hashes text beyond ASCII as the browser does', () => {
    expect(scriptHashes('<script>"petición 🗝"</script>')).toEqual([hashOf('"petición 🗝"')]);
  });

  it('never allows inline scripts as such, nor plugins, other bases or frames around it', () => {
    for (const policy of [policyForPage('<script>a()</script>'), policyForNonce(makeNonce())]) {
      expect(/script-src[^;]*/.exec(policy)?.[0]).not.toContain('unsafe');
      for (const part of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"])
        expect(policy).toContain(part);
    }
  });

  it('makes a new nonce each time', () => {
    expect(makeNonce()).not.toBe(makeNonce());
    expect(policyForNonce('abc')).toMatch(/script-src 'self' 'nonce-abc' 'sha256-[^' ]+';/);
  });
});
