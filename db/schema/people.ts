import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytea, moment, now } from './columns';

export const role = pgEnum('role', ['owner', 'editor', 'member']);
export const tokenPurpose = pgEnum('token_purpose', ['owner', 'invite', 'verify', 'reset', 'email']);

export const person = pgTable(
  'person',
  {
    id: uuid().primaryKey().defaultRandom(),
    email: text().notNull(),
    /** Folded: one account for each. */
    emailKey: text('email_key').notNull().unique(),
    name: text().notNull(),
    role: role().notNull(),
    /** PHC string; null for who only signs in through another site. */
    passwordHash: text('password_hash'),
    /** `es`, `en`, or null to follow the browser. */
    language: text(),
    /** `light`, `dark`, or null to follow the device. */
    theme: text(),
    timeZone: text('time_zone'),
    verifiedAt: moment('verified_at'),
    disabledAt: moment('disabled_at'),
    /** When the visit before this one ended: what was published since is new to them. */
    lastVisitAt: moment('last_visit_at'),
    /** The seed of the second factor, encrypted; in force once confirmed. */
    totpSecret: bytea('totp_secret'),
    totpConfirmedAt: moment('totp_confirmed_at'),
    /** The last time step that was used, so that a code serves once. */
    totpStep: bigint('totp_step', { mode: 'number' }),
    createdAt: now('created_at'),
  },
  (t) => [
    index('person_name').on(t.name),
    check('person_language', sql`${t.language} in ('es', 'en')`),
    check('person_theme', sql`${t.theme} in ('light', 'dark')`),
  ],
);

/** An account at another site that signs a person in here. */
export const identity = pgTable(
  'identity',
  {
    provider: text().notNull(),
    subject: text().notNull(),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id, { onDelete: 'cascade' }),
    createdAt: now('created_at'),
  },
  (t) => [primaryKey({ columns: [t.provider, t.subject] }), index('identity_person').on(t.personId)],
);

/** One signed-in browser. Without its row, a cookie is worth nothing. */
export const session = pgTable(
  'session',
  {
    id: uuid().primaryKey().defaultRandom(),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id, { onDelete: 'cascade' }),
    /** SHA-256 of the token in the cookie. */
    tokenHash: bytea('token_hash').notNull().unique(),
    /** When the password, and the second factor if there is one, were last shown. */
    confirmedAt: now('confirmed_at'),
    createdAt: now('created_at'),
    seenAt: now('seen_at'),
    /** However much it is used, it ends then. */
    expiresAt: moment('expires_at').notNull(),
    address: text(),
    agent: text(),
  },
  (t) => [index('session_person').on(t.personId), index('session_expiry').on(t.expiresAt)],
);

/** A named set of people, by whose name notes say that they are for it. */
export const group = pgTable('group', {
  id: integer().primaryKey().generatedAlwaysAsIdentity(),
  name: text().notNull().unique(),
  createdAt: now('created_at'),
});

export const membership = pgTable(
  'membership',
  {
    groupId: integer('group_id')
      .notNull()
      .references(() => group.id, { onDelete: 'cascade' }),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id, { onDelete: 'cascade' }),
  },
  (t) => [primaryKey({ columns: [t.groupId, t.personId] }), index('membership_person').on(t.personId)],
);

/** A link that may be used once: taken by deleting it. */
export const token = pgTable(
  'token',
  {
    /** SHA-256 of what the link carries. */
    hash: bytea().primaryKey(),
    /** What a link is spoken of by: a new one in its place keeps it. */
    id: uuid().notNull().unique().defaultRandom(),
    purpose: tokenPurpose().notNull(),
    personId: uuid('person_id').references(() => person.id, { onDelete: 'cascade' }),
    /** Whom it was made for: it serves no other address. */
    email: text(),
    /** What an invitation gives. */
    role: role(),
    groups: text().array().notNull().default([]),
    createdBy: uuid('created_by').references(() => person.id, { onDelete: 'set null' }),
    createdAt: now('created_at'),
    expiresAt: moment('expires_at').notNull(),
  },
  (t) => [index('token_person').on(t.personId, t.purpose), index('token_expiry').on(t.expiresAt)],
);

/** A code that stands in once for the second factor. */
export const recoveryCode = pgTable(
  'recovery_code',
  {
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id, { onDelete: 'cascade' }),
    hash: bytea().notNull(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.hash] })],
);

/** How often something was tried, and until when it may not be. */
export const throttle = pgTable(
  'throttle',
  {
    key: text().primaryKey(),
    count: integer().notNull(),
    since: now('since'),
    blockedUntil: moment('blocked_until'),
  },
  (t) => [index('throttle_since').on(t.since)],
);

/** Who did what when. It outlives the people in it, who are then nobody. */
export const audit = pgTable(
  'audit',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    at: now('at'),
    actorId: uuid('actor_id').references(() => person.id, { onDelete: 'set null' }),
    /** `session.start`, `person.disable`… */
    action: text().notNull(),
    subjectKind: text('subject_kind'),
    subjectId: text('subject_id'),
    detail: jsonb().$type<Record<string, string | number | boolean | null>>().notNull().default({}),
    address: text(),
    refused: boolean().notNull().default(false),
  },
  (t) => [
    index('audit_at').on(t.at),
    index('audit_actor').on(t.actorId, t.at),
    index('audit_action').on(t.action, t.at),
  ],
);

/** A decision of the owner's about the whole site. */
export const setting = pgTable('setting', {
  name: text().primaryKey(),
  value: jsonb().$type<string | number | boolean>().notNull(),
  updatedAt: now('updated_at'),
});
