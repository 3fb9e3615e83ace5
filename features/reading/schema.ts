import { z } from 'zod';

/** The number of a row. */
export const id = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER);

/** What the page says of how far its reader has come. */
export const position = z.object({ note: id, position: z.number().min(0).max(100) });

const note = { note: id, language: z.enum(['es', 'en']).catch('en') };
export const bookmarkForm = z.object({ ...note, on: z.enum(['yes', 'no']) });
/** The revision the reader has before them, or empty to take it back. */
export const readForm = z.object({ ...note, revision: z.union([z.literal(''), id]) });
