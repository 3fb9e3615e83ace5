import { bigint, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { now } from './columns';

/** What changed for readers: cache tags to expire and addresses (`/vault/*` for all below) to forget. Announced by NOTIFY. */
export const cacheEvent = pgTable('cache_event', {
  id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  tags: text().array().notNull(),
  paths: text().array().notNull(),
  at: now('at'),
});

/** A running server and the last change it has applied. */
export const siteInstance = pgTable('site_instance', {
  id: uuid().primaryKey(),
  lastEvent: bigint('last_event', { mode: 'number' }).notNull(),
  startedAt: now('started_at'),
  seenAt: now('seen_at'),
});
