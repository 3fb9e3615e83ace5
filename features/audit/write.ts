import { database, type Executor } from '@/db/connection';
import { audit } from '@/db/schema';
import type { Viewer } from '@/features/access/viewer';

/** Something that was done, or refused, and is worth remembering. Never holds a password, a token or a code. */
export type Deed = {
  /** `noun.verb`, such as `session.start`. */
  action: string;
  subject?: { kind: string; id: string | number };
  detail?: Record<string, string | number | boolean | null>;
  address?: string | null;
  refused?: boolean;
};

/** Writes a line of the audit log, with the deed itself when `executor` is its transaction. */
export async function record(viewer: Viewer, deed: Deed, executor: Executor = database().db): Promise<void> {
  await executor.insert(audit).values({
    actorId: viewer.kind === 'person' ? viewer.id : null,
    action: deed.action,
    subjectKind: deed.subject?.kind ?? null,
    subjectId: deed.subject === undefined ? null : String(deed.subject.id),
    detail: deed.detail ?? {},
    address: deed.address ?? null,
    refused: deed.refused ?? false,
  });
}
