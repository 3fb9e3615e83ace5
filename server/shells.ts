import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const entry = z.looseObject({ srcRoute: z.string().nullish(), fallbackSourceRoute: z.string().nullish() });
const manifest = z.looseObject({ routes: z.record(z.string(), entry), dynamicRoutes: z.record(z.string(), entry) });
const files = z.record(z.string(), z.string());

/** Pages made anew for whoever asks: in these folders of `app/`. */
const FOR_ONE_VISITOR = /^\/(?:\(people\)|reader|compare\/dynamic)\//;

/**
 * Makes Next forget the empty shells that a build gives to pages made for one visitor. With a shell, however empty, Next
 * answers 200 before the page has had its say, and a form sent without JavaScript comes back without what was wrong with
 * it: the page is then resumed, and React resumes without the form's state. Does nothing the second time.
 */
export async function dropEmptyShells(root: string): Promise<void> {
  const build = path.join(root, '.next');
  const file = path.join(build, 'prerender-manifest.json');
  const paths = files.parse(JSON.parse(await readFile(path.join(build, 'app-path-routes-manifest.json'), 'utf8')));
  const dropped = new Set(Object.keys(paths).flatMap((page) => (FOR_ONE_VISITOR.test(page) ? [paths[page]] : [])));
  const before = manifest.parse(JSON.parse(await readFile(file, 'utf8')));
  const keep = (routes: Record<string, z.infer<typeof entry>>) =>
    Object.fromEntries(
      Object.entries(routes).filter(
        ([route, { srcRoute, fallbackSourceRoute }]) =>
          ![route, srcRoute, fallbackSourceRoute].some((each) => each && dropped.has(each)),
      ),
    );
  const after = { ...before, routes: keep(before.routes), dynamicRoutes: keep(before.dynamicRoutes) };
  const text = JSON.stringify(after);
  if (text === JSON.stringify(before)) return;
  const fresh = `${file}.${process.pid}`;
  await writeFile(fresh, text);
  await rename(fresh, file);
}
