import { customType, timestamp } from 'drizzle-orm/pg-core';

export const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' });
/** Compared byte by byte, whatever the database's locale. */
export const bytewise = customType<{ data: string }>({ dataType: () => 'text collate "C"' });
/** The moment on the database's clock at which the row is written. */
export const now = (name: string) => timestamp(name, { withTimezone: true }).notNull().defaultNow();

/** A moment that may not have come. */
export const moment = (name: string) => timestamp(name, { withTimezone: true });
