import type { Making } from '@/components/making';
import { may } from '@/features/access/policy';
import type { Viewer } from '@/features/access/viewer';

/** A page made now, for whoever asks. */
export function now(viewer: Viewer): Making {
  return { mode: 'dynamic', at: new Date().toISOString(), visit: visitOf(viewer) };
}

/** What the frame of a page says of who asks. */
export function visitOf(viewer: Viewer): Making['visit'] {
  return viewer.kind === 'person' ? { name: viewer.name, studio: may(viewer, 'studio.enter') } : null;
}
