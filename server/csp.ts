import { createHash, randomBytes } from 'node:crypto';
import { THEME_SCRIPT } from '@/lib/theme-script';

const INLINE_SCRIPT = /<script(?<attributes>(?:\s[^>]*)?)>(?<code>[\s\S]*?)<\/script>/gi;
const HAS_SOURCE = /\ssrc\s*=/i;
const DATA_TYPE = /\stype\s*=\s*["']?(?!(?:text|application)\/javascript|module)[^\s"'>]+/i;

/** The policy of a finished page: exactly the inline scripts in it may run, known by their hashes. */
export const policyForPage = (html: string): string => policy(scriptHashes(html));

/** The policy of a page made for one request: inline scripts that carry its nonce may run, and our own of every page. */
export const policyForNonce = (nonce: string, hashes: readonly string[] = []): string =>
  policy([...new Set([`'nonce-${nonce}'`, ...ownHashes, ...hashes])]);

/** A nonce for one response. */
export const makeNonce = (): string => randomBytes(16).toString('base64');

/** The hashes, as a policy names them, of the inline scripts of `html` that a browser would run. */
export function scriptHashes(html: string): string[] {
  const hashes = new Set<string>();
  for (const { groups } of html.matchAll(INLINE_SCRIPT)) {
    const { attributes = '', code = '' } = groups ?? {};
    if (HAS_SOURCE.test(attributes) || DATA_TYPE.test(attributes) || code === '') continue;
    // A browser hashes the text as parsed: line ends are already single
    const text = code.replace(/\r\n?/g, '\n');
    hashes.add(`'sha256-${createHash('sha256').update(text).digest('base64')}'`);
  }
  return [...hashes];
}

const ownHashes = scriptHashes(`<script>${THEME_SCRIPT}</script>`);

function policy(scripts: readonly string[]): string {
  return [
    "default-src 'self'",
    ["script-src 'self'", ...scripts].join(' '),
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "media-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
  ].join('; ');
}
