import type { Asked } from './http';

/** Every way in which one address can be asked for: as a page, and as Next's own router asks. */
export function shapesOf(path: string): [string, Asked][] {
  const rsc = { rsc: '1' };
  const prefetch = { ...rsc, 'next-router-prefetch': '1' };
  return [
    [path, {}],
    [path, { headers: rsc }],
    [path, { headers: prefetch }],
    [path, { headers: { ...prefetch, 'next-router-segment-prefetch': '/_tree' } }],
    [path, { headers: { ...prefetch, 'next-router-segment-prefetch': '/_full' } }],
    [path, { headers: { ...prefetch, 'next-router-segment-prefetch': '/$d$vault/$oc$path/__PAGE__' } }],
    [path, { headers: { ...rsc, 'next-router-state-tree': '%5B%22%22%5D' } }],
    [path, { headers: { cookie: 'sid=guessed' } }],
    [path, { headers: { purpose: 'prefetch', 'x-nextjs-data': '1' } }],
    [`${path}?_rsc=x`, {}],
    [`${path}?_rsc=x`, { headers: rsc }],
    [`${path}.rsc`, {}],
    [`${path}.segments/_tree.segment.rsc`, {}],
    [`${path}.segments/_full.segment.rsc`, {}],
    [`/_next/data/build${path}.json`, {}],
    [`/-/en/..${path}`, {}],
    [`/reader${path}`, {}],
    [`/compare/static${path}`, {}],
  ];
}
