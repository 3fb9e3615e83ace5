import { sql } from 'drizzle-orm';
import { bigint, boolean, check, customType, index, integer, pgEnum, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { bytea, moment, now } from './columns';
import { file } from './files';
import { note } from './notes';
import { person } from './people';

/** Ranges of byte positions, `{[0,100),[200,300)}`. */
const positions = customType<{ data: string }>({ dataType: () => 'int8multirange' });

/** A link that opens one file or one note to whoever has it. The row is the authority: the link's signature only spares it guesses. */
export const share = pgTable(
  'share',
  {
    id: uuid().primaryKey().defaultRandom(),
    fileId: uuid('file_id').references(() => file.id, { onDelete: 'cascade' }),
    noteId: bigint('note_id', { mode: 'number' }).references(() => note.id, { onDelete: 'cascade' }),
    expiresAt: moment('expires_at').notNull(),
    /** How often it may be redeemed; null for any number of times. */
    maxUses: integer('max_uses'),
    used: integer().notNull().default(0),
    /** PHC string. */
    passwordHash: text('password_hash'),
    /** What its maker noted to themselves. */
    remark: text().notNull().default(''),
    createdBy: uuid('created_by').references(() => person.id, { onDelete: 'set null' }),
    createdAt: now('created_at'),
    revokedAt: moment('revoked_at'),
  },
  (t) => [
    index('share_file').on(t.fileId),
    index('share_note').on(t.noteId),
    index('share_created').on(t.createdAt),
    check('share_target', sql`num_nonnulls(${t.fileId}, ${t.noteId}) = 1`),
    check('share_uses', sql`${t.used} >= 0 and (${t.maxUses} is null or ${t.used} <= ${t.maxUses})`),
  ],
);

/** One use of a share link: for a day, its holder may take the file as often as the network makes them. */
export const redemption = pgTable(
  'redemption',
  {
    id: uuid().primaryKey().defaultRandom(),
    shareId: uuid('share_id')
      .notNull()
      .references(() => share.id, { onDelete: 'cascade' }),
    /** SHA-256 of what the holder's cookie carries. */
    tokenHash: bytea('token_hash').notNull().unique(),
    createdAt: now('created_at'),
    expiresAt: moment('expires_at').notNull(),
    address: text(),
    agent: text(),
  },
  (t) => [index('redemption_share').on(t.shareId, t.createdAt)],
);

export const downloadOutcome = pgEnum('download_outcome', ['running', 'finished', 'cut', 'refused']);

/** One download: all requests by which one visitor took one state of a file, however often it was cut and resumed. */
export const download = pgTable(
  'download',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    /** The ledger outlives what it tells of. */
    fileId: uuid('file_id').references(() => file.id, { onDelete: 'set null' }),
    name: text().notNull(),
    /** Which bytes: the id of their `object` row. */
    objectId: uuid('object_id'),
    size: bigint({ mode: 'number' }).notNull(),
    /** Who: a person, the holder of a link, or, when neither, nobody in particular. */
    personId: uuid('person_id').references(() => person.id, { onDelete: 'set null' }),
    shareId: uuid('share_id').references(() => share.id, { onDelete: 'set null' }),
    redemptionId: uuid('redemption_id').references(() => redemption.id, { onDelete: 'set null' }),
    outcome: downloadOutcome().notNull(),
    /** Why it was refused. */
    reason: text(),
    requests: integer().notNull().default(1),
    resumed: boolean().notNull().default(false),
    /** Which bytes left the server. */
    covered: positions().notNull().default('{}'),
    startedAt: now('started_at'),
    endedAt: moment('ended_at'),
  },
  (t) => [
    index('download_started').on(t.startedAt),
    index('download_file').on(t.fileId, t.startedAt),
    index('download_person').on(t.personId, t.startedAt),
    index('download_share').on(t.shareId, t.startedAt),
  ],
);
