import type { NextConfig } from 'next';

const config: NextConfig = {
  cacheComponents: true,
  partialPrefetching: true,
  typedRoutes: false,
  compress: false, // the page store keeps each body compressed once
  poweredByHeader: false,
  images: { unoptimized: true },
};

export default config;
