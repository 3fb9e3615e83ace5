import { may } from '@/features/access/policy';
import type { Viewer } from '@/features/access/viewer';
import { makeReference, type Observation, openReference } from '@/lib/observe/observation';
import { observatory, pageKey } from '@/lib/observe/observatory';
import { mayLook } from './policy';

export type Seen = {
  observation: Observation;
  /** For a kept page: the request that made it, while it is remembered. */
  rendering: Observation | null;
  /** Whether values are shown too. */
  owner: boolean;
};
export type Line = { href: string; method: string; path: string; status: number; ms: number; at: string };

const RECENT = 12;

/** Whoever asks, as references are made for: a person in any of their sessions, else a browser at an address. */
export const holderOf = (viewer: Viewer, visitor: string): string =>
  viewer.kind === 'person' ? `person ${viewer.id}` : `visitor ${visitor}`;

/** What was seen of one request. Null when there is nothing, or it is not for this viewer: nobody learns which. */
export async function readSeen(viewer: Viewer, visitor: string, reference: string): Promise<Seen | null> {
  const owner = may(viewer, 'settings.change');
  if (!(await mayLook(viewer))) return null;
  const plain = /^[0-9a-f]{32}(?=$|\.)/.exec(reference)?.[0] ?? null;
  const id = owner ? plain : openReference(reference, holderOf(viewer, visitor));
  const observation = id === null ? null : observatory().find(id);
  if (!observation?.response || !(owner || isTheirs(viewer, visitor, observation))) return null;
  const rendering = observation.source === 'page store' ? renderingOf(observation) : null;
  return { observation, rendering, owner };
}

/**
 * The latest requests made in a person's name, or for an owner all. None for whoever is not signed in: others may share
 * their address and the name of their browser, and what was asked is nobody else's business.
 */
export async function listSeen(viewer: Viewer, visitor: string): Promise<Line[]> {
  const owner = may(viewer, 'settings.change');
  if (viewer.kind !== 'person' || !(await mayLook(viewer))) return [];
  const holder = holderOf(viewer, visitor);
  return observatory()
    .recent(RECENT, ({ response, trace }) => response !== null && (owner || trace.person === viewer.id))
    .map(({ trace, request, response, at }) => ({
      href: `/xray/${makeReference(trace.id, holder)}`,
      method: request.method,
      path: request.path,
      status: response?.status ?? 0,
      ms: response?.end ?? 0,
      at,
    }));
}

/** What was asked in a person's name is that person's; the rest belongs to the browser that asked, signed in or not. */
function isTheirs(viewer: Viewer, visitor: string, { trace, visitor: asked }: Observation): boolean {
  if (trace.person === null) return asked === visitor;
  return viewer.kind === 'person' && trace.person === viewer.id;
}

function renderingOf({ page }: Observation): Observation | null {
  return observatory().rendering(pageKey(page.path, page.variant));
}
