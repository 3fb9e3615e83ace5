import type { NextConfig } from 'next';
import { RESERVED_SLUGS } from './lib/vault/slug';

/** Everything but the site's own first segments. */
const VAULT = `:vault((?!(?:${[...RESERVED_SLUGS].map((slug) => slug.replace('.', '\\.')).join('|')})(?:/|$))[a-z0-9][a-z0-9-]*(?![^/])(?!/-/og(?:/|$)))`;
/** Carries a session: not proof of one, which the page asks for. */
const SESSION = ['sid', '__Host-sid'];

const config: NextConfig = {
  cacheComponents: true,
  partialPrefetching: true,
  typedRoutes: false,
  compress: false, // the page store keeps each body compressed once
  poweredByHeader: false,
  typescript: { ignoreBuildErrors: true }, // `npm test` checks types; a start need not
  images: { unoptimized: true },
  experimental: {
    // Pages made while running stay in memory: two servers may share one build, and an unpublished page leaves no copy.
    isrFlushToDisk: false,
    // It renders each page for one visitor a second time, to have it ready for a navigation that our plain links never make.
    cachedNavigations: false,
  },
  rewrites: async () => ({
    // Our server says which language the visitor reads; without it, English.
    // One address, two renderings: for everyone, and for whoever carries a session
    beforeFiles: [
      ...SESSION.flatMap((key) => [
        { source: '/', has: [{ type: 'cookie' as const, key }], destination: '/reader' },
        { source: '/compare', has: [{ type: 'cookie' as const, key }], destination: '/reader/compare' },
        { source: `/${VAULT}/:path*`, has: [{ type: 'cookie' as const, key }], destination: '/reader/:vault/:path*' },
      ]),
      ...['/', '/compare'].flatMap((source) => [
        {
          source,
          has: [{ type: 'header' as const, key: 'x-trastienda-language', value: 'es' }],
          destination: `/-/es${source}`.replace(/\/$/, ''),
        },
        { source, destination: `/-/en${source}`.replace(/\/$/, '') },
      ]),
    ],
    afterFiles: [],
    fallback: [],
  }),
};

export default config;
