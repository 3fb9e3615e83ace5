import { headers } from 'next/headers';
import { connection } from 'next/server';
import type { Viewer } from '@/features/access/viewer';
import { makeReference, visitorKey } from '@/lib/observe/observation';
import { observatory } from '@/lib/observe/observatory';
import { currentTrace } from '@/lib/observe/trace';
import { XRAY_HERE } from './href';
import { holderOf } from './queries';

/** What tells the browser that asks from others. */
export async function currentVisitor(): Promise<string> {
  const list = await headers();
  return visitorKey(list.get('x-trastienda-address'), list.get('user-agent'));
}

/** The address of the X-ray of the very request that is being answered, for whoever makes it. */
export async function xrayOfThis(viewer: Viewer): Promise<string> {
  await connection(); // there is no request yet while a page is tried in advance
  const visitor = await currentVisitor();
  const trace = currentTrace();
  return trace ? `/xray/${makeReference(trace.id, holderOf(viewer, visitor))}` : XRAY_HERE;
}

/** Headers of the current request that another for the same visitor is made with. */
const PASSED_ON = ['accept', 'accept-encoding', 'accept-language', 'cookie', 'user-agent'];

/** Asks for a page of this site once more, as this visitor does; the address of what was seen, or null. */
export async function xrayOfPage(viewer: Viewer, path: string): Promise<string | null> {
  const list = await headers();
  const passed = PASSED_ON.flatMap((name): [string, string][] => {
    const value = list.get(name);
    return value === null ? [] : [[name, value]];
  });
  const address = list.get('x-trastienda-address') ?? '';
  const id = await observatory().probe(path, { ...Object.fromEntries(passed), 'x-forwarded-for': address });
  return id && `/xray/${makeReference(id, holderOf(viewer, await currentVisitor()))}`;
}
