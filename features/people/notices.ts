import { eq } from 'drizzle-orm';
import type { Executor } from '@/db/connection';
import { person } from '@/db/schema';
import type { Viewer } from '@/features/access/viewer';
import { enqueue } from '@/features/jobs/enqueue';

export const MAIL_NOTICE = 'mail.notice';

/** Has a person told, at the address they have now, of a change that they would want to know of if it was not theirs. */
export async function notify(
  _viewer: Viewer,
  { personId, of }: { personId: string; of: 'password' | 'address' },
  tx: Executor,
): Promise<void> {
  const [row] = await tx
    .select({ to: person.email, language: person.language })
    .from(person)
    .where(eq(person.id, personId));
  if (row) await enqueue(tx, { kind: MAIL_NOTICE, payload: { ...row, of } });
}
