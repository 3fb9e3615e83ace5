import { z } from 'zod';
import { id } from '@/features/reading/schema';

/** Characters of a comment, as its writer counts them. */
export const COMMENT_MAX = 4_000;

/** Browsers send line ends in two characters; PostgreSQL keeps no NUL. */
const text = z
  .string()
  .max(COMMENT_MAX * 2)
  .transform((typed) => typed.replace(/\r\n?/g, '\n').replaceAll('\0', '').trim())
  .pipe(z.string().min(1).max(COMMENT_MAX));

export const newComment = z.object({ note: id, parent: z.union([z.literal(''), id]), text });
export const changedComment = z.object({ comment: id, text });
export const oneComment = z.object({ comment: id });
export const hiddenComment = z.object({ comment: id, hide: z.enum(['yes', 'no']) });
