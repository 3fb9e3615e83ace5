import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { ROOT } from './folders';

const read = async (file: string): Promise<unknown> =>
  JSON.parse(await readFile(path.join(ROOT, '.next', file), 'utf8'));

/** Every address pattern that the build answers. */
export async function builtRoutes(): Promise<string[]> {
  const paths = z.record(z.string(), z.string()).parse(await read('app-path-routes-manifest.json'));
  return [...new Set(Object.values(paths))].sort();
}

/** The methods that each handler of the build answers, as its file exports them; HEAD is asked for with GET. */
export async function builtHandlers(): Promise<Map<string, string[]>> {
  const paths = z.record(z.string(), z.string()).parse(await read('app-path-routes-manifest.json'));
  const handlers = new Map<string, string[]>();
  for (const [page, route] of Object.entries(paths).filter(([each]) => each.endsWith('/route'))) {
    const source = await Promise.any(
      ['ts', 'tsx'].map((ending) => readFile(path.join(ROOT, 'app', `${page}.${ending}`), 'utf8')),
    ).catch(() => null);
    const exported = source?.matchAll(/^export (?:async )?(?:function|const) (GET|POST|PUT|PATCH|DELETE|OPTIONS)\b/gm);
    if (exported) handlers.set(route, [...exported].map(([, method = '']) => method).sort());
  }
  return handlers;
}

const references = z.object({
  node: z.record(
    z.string(),
    z.object({ filename: z.string(), exportedName: z.string(), workers: z.record(z.string(), z.unknown()) }),
  ),
});

export type BuiltAction = { id: string; name: string; file: string /** A route that knows it. */; route: string };

/** Every server action of the build. */
export async function builtActions(): Promise<BuiltAction[]> {
  return inManifest(await read('server/server-reference-manifest.json'));
}

/** Cached functions, by the names that the build gave them: the server makes Next forget these, but not its twin for the edge. */
export async function builtCachedFunctions(): Promise<BuiltAction[]> {
  const script = await readFile(path.join(ROOT, '.next/server/server-reference-manifest.js'), 'utf8');
  const text: unknown = JSON.parse(script.replace(/^self\.__RSC_SERVER_MANIFEST=/, '').replace(/;?\s*$/, ''));
  const all = await inManifest(JSON.parse(z.string().parse(text)));
  return all.filter(({ name }) => name.startsWith('$$'));
}

async function inManifest(manifest: unknown): Promise<BuiltAction[]> {
  const paths = z.record(z.string(), z.string()).parse(await read('app-path-routes-manifest.json'));
  return Object.entries(references.parse(manifest).node).map(([id, { filename, exportedName, workers }]) => {
    const routes = Object.keys(workers).map((page) => paths[page.replace(/^app/, '')] ?? '/');
    const route = routes.find((each) => !each.includes('[')) ?? routes[0] ?? '/';
    return { id, name: exportedName, file: filename, route };
  });
}
