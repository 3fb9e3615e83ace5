import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const page = z.looseObject({ srcRoute: z.string().nullish(), fallbackSourceRoute: z.string().nullish() });
const prerendered = z.looseObject({ routes: z.record(z.string(), page), dynamicRoutes: z.record(z.string(), page) });
const references = z.looseObject({ node: z.record(z.string(), z.looseObject({ exportedName: z.string() })) });
const files = z.record(z.string(), z.string());

/** Pages made anew for whoever asks: in these folders of `app/`. */
const FOR_ONE_VISITOR = /^\/(?:\(people\)|reader|compare\/dynamic)\//;

/** Takes out of a build what we do not want of it, before Next reads it. Does nothing the second time. */
export async function correctBuild(root: string): Promise<void> {
  const build = path.join(root, '.next');
  const paths = files.parse(await readJson(path.join(build, 'app-path-routes-manifest.json')));
  const perVisitor = Object.keys(paths).flatMap((each) => (FOR_ONE_VISITOR.test(each) ? [paths[each] ?? ''] : []));
  await dropShells(path.join(build, 'prerender-manifest.json'), new Set(perVisitor));
  await dropCachedFunctions(path.join(build, 'server', 'server-reference-manifest.json'));
}

/**
 * Makes Next forget the empty shells of pages made for one visitor. With a shell, however empty, Next answers 200 before
 * the page has had its say, and a form sent without JavaScript comes back without what was wrong with it: the page is then
 * resumed, and React resumes without the form's state.
 */
async function dropShells(file: string, routes: ReadonlySet<string>): Promise<void> {
  const before = prerendered.parse(await readJson(file));
  const keep = (pages: Record<string, z.infer<typeof page>>) =>
    Object.fromEntries(
      Object.entries(pages).filter(
        ([route, { srcRoute, fallbackSourceRoute }]) =>
          ![route, srcRoute, fallbackSourceRoute].some((each) => each && routes.has(each)),
      ),
    );
  await replace(file, before, { ...before, routes: keep(before.routes), dynamicRoutes: keep(before.dynamicRoutes) });
}

/**
 * Makes Next forget that cached functions are server references: it would call them, with a visitor's arguments, for
 * whoever sends their name as that of a server action. Pages call them by themselves.
 */
async function dropCachedFunctions(file: string): Promise<void> {
  const before = references.parse(await readJson(file));
  const actions = Object.entries(before.node).filter(
    ([, { exportedName }]) => !exportedName.startsWith('$$RSC_SERVER_CACHE'),
  );
  await replace(file, before, { ...before, node: Object.fromEntries(actions) });
}

const readJson = async (file: string): Promise<unknown> => JSON.parse(await readFile(file, 'utf8'));

async function replace(file: string, before: unknown, after: unknown): Promise<void> {
  const text = JSON.stringify(after);
  if (text === JSON.stringify(before)) return;
  const fresh = `${file}.${process.pid}`;
  await writeFile(fresh, text);
  await rename(fresh, file);
}
