import type { Answer, Ask, Asked } from './http';

/** Every way in which one address can be asked for: as a page, and as Next's own router asks. */
function shapesOf(path: string): [string, Asked][] {
  const rsc = { rsc: '1' };
  const prefetch = { ...rsc, 'next-router-prefetch': '1' };
  return [
    [path, {}],
    [path, { headers: rsc }],
    [path, { headers: prefetch }],
    [path, { headers: { ...prefetch, 'next-router-segment-prefetch': '/_tree' } }],
    [path, { headers: { ...prefetch, 'next-router-segment-prefetch': '/_full' } }],
    [path, { headers: { ...prefetch, 'next-router-segment-prefetch': '/$d$vault/$oc$path/__PAGE__' } }],
    [path, { headers: { ...rsc, 'next-router-state-tree': encodeURIComponent('["",{},null,null]') } }],
    [path, { headers: { ...rsc, 'next-router-state-tree': 'no tree' } }],
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

/** What one address answers in one shape; `where` says which. */
export type Shaped = { where: string; answer: Answer };

/**
 * Asks for an address in every shape, in their order. What Next's router asks has a mark in its address that depends on its headers;
 * where it lacks, Next answers with that address and nothing else: it is asked for then.
 */
export async function askInEveryShape(ask: Ask, path: string): Promise<Shaped[]> {
  const all: Shaped[] = [];
  for (const [address, asked] of shapesOf(path)) {
    const first = await ask(address, asked);
    const marked = first.status === 307 ? first.headers.location : undefined;
    const answer = marked && /[?&]_rsc/.test(marked) ? await ask(marked, asked) : first;
    all.push({ where: `${address} ${JSON.stringify(asked.headers ?? {})}`, answer });
  }
  return all;
}
