import { eq } from 'drizzle-orm';
import type { Executor } from '@/db/connection';
import { comment } from '@/db/schema';
import { commentHref } from './href';
import { startOf } from './order';

/** Where a comment is, on the page of its note's comments that has it. The note's own address is known to be the viewer's to read. */
export async function hrefOf(tx: Executor, note: string, id: number): Promise<string> {
  const [row] = await tx.select({ from: startOf() }).from(comment).where(eq(comment.id, id));
  return commentHref(note, id, row?.from ?? null);
}
