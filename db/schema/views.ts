import { sql } from 'drizzle-orm';
import { pgView } from 'drizzle-orm/pg-core';
import { file } from './files';
import { link } from './links';
import { note } from './notes';

/** The only files a page for everyone can show: those that a public note refers to. */
export const publicFile = pgView('public_file').as((qb) =>
  qb
    .select()
    .from(file)
    .where(
      sql`${file.objectId} is not null and ${file.removedAt} is null and exists (select 1 from ${link} join ${note} on ${note.id} = ${link.noteId} where ${link.toFile} = ${file.id} and ${note.access} = 'public')`,
    ),
);

/** The only notes a page for everyone can read. */
export const publicNote = pgView('public_note').as((qb) =>
  qb.select().from(note).where(sql`${note.access} = 'public'`),
);
