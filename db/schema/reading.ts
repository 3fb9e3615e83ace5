import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigint,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { moment, now } from './columns';
import { note } from './notes';
import { person } from './people';

export const bookmark = pgTable(
  'bookmark',
  {
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id, { onDelete: 'cascade' }),
    noteId: bigint('note_id', { mode: 'number' })
      .notNull()
      .references(() => note.id, { onDelete: 'cascade' }),
    createdAt: now('created_at'),
  },
  (t) => [primaryKey({ columns: [t.personId, t.noteId] }), index('bookmark_note').on(t.noteId)],
);

/** How far a person has come in a note. */
export const progress = pgTable(
  'progress',
  {
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id, { onDelete: 'cascade' }),
    noteId: bigint('note_id', { mode: 'number' })
      .notNull()
      .references(() => note.id, { onDelete: 'cascade' }),
    /** Percent of the text. */
    position: smallint().notNull().default(0),
    openedAt: now('opened_at'),
    readAt: moment('read_at'),
    /** The revision that was read. */
    readRevision: integer('read_revision'),
  },
  (t) => [
    primaryKey({ columns: [t.personId, t.noteId] }),
    index('progress_note').on(t.noteId),
    index('progress_opened').on(t.personId, t.openedAt),
    index('progress_recent').on(t.openedAt),
    check('progress_position', sql`${t.position} between 0 and 100`),
  ],
);

/** What a reader wrote under a note. An answer names what it answers; deleted ones keep their place while answered. */
export const comment = pgTable(
  'comment',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    noteId: bigint('note_id', { mode: 'number' })
      .notNull()
      .references(() => note.id, { onDelete: 'cascade' }),
    /** Null once the account is gone. */
    personId: uuid('person_id').references(() => person.id, { onDelete: 'set null' }),
    parentId: bigint('parent_id', { mode: 'number' }).references((): AnyPgColumn => comment.id, {
      onDelete: 'set null',
    }),
    source: text().notNull(),
    html: text().notNull(),
    createdAt: now('created_at'),
    editedAt: moment('edited_at'),
    deletedAt: moment('deleted_at'),
    /** Hidden by an editor. */
    hiddenAt: moment('hidden_at'),
  },
  (t) => [
    // As they are read: each with its answers
    index('comment_thread').on(t.noteId, sql`coalesce(${t.parentId}, ${t.id})`, t.id),
    index('comment_person').on(t.personId, t.createdAt),
    index('comment_parent').on(t.parentId),
  ],
);
