import { eq, inArray, sql } from 'drizzle-orm';
import type { Database } from '@/db/connection';
import { audit, file, object, variant } from '@/db/schema';
import type { Examination } from './examine';
import { askForVariants } from './make-variants';
import type { FileStore } from './store';
import { type Swept, sweep } from './sweep';

export type Repaired = {
  /** Rows marked as damaged: the next import of their vault stores them anew, if it still has the files. */
  marked: number;
  /** Variants removed, to be made again. */
  redrawn: number;
  swept: Swept;
};

const BROKEN = new Set(['missing', 'size', 'damaged']);

/**
 * Does what can be done about an examination's findings. Nothing that can still be read is removed: of damaged files the row is
 * marked, and their vault's next import reads them again; damaged variants are made anew; what nothing refers to is swept.
 */
export async function repair(
  db: Database,
  store: FileStore,
  { findings }: Examination,
  graceSeconds: number,
): Promise<Repaired> {
  const broken = findings.filter(({ fault }) => BROKEN.has(fault));
  const ids = broken.map(({ key }) => key.slice(0, 36));
  const done = await db.transaction(async (tx) => {
    if (ids.length === 0) return { marked: 0, redrawn: 0 };
    const marked = await tx
      .update(object)
      .set({ damagedAt: sql`coalesce(${object.damagedAt}, now())` })
      .where(inArray(object.id, ids))
      .returning({ id: object.id });
    await tx.update(file).set({ modified: 0 }).where(inArray(file.objectId, ids)); // not what the folder says: read again
    const gone = await tx.delete(variant).where(inArray(variant.id, ids)).returning({ objectId: variant.objectId });
    for (const { objectId } of gone) {
      const [picture] = await tx
        .select({ mediaType: file.mediaType, width: file.width })
        .from(file)
        .where(eq(file.objectId, objectId))
        .limit(1);
      if (picture) await askForVariants(tx, { objectId, ...picture });
    }
    for (const { key, files, fault, detail } of broken) {
      await tx.insert(audit).values({
        action: 'file.damaged',
        subjectKind: 'object',
        subjectId: key.slice(0, 36),
        detail: { fault, problem: detail, files: files.join(', ').slice(0, 500) },
      });
    }
    return { marked: marked.length, redrawn: gone.length };
  });
  return { ...done, swept: await sweep(db, store, graceSeconds) };
}
