import { z } from 'zod';

/** Longer names and folders are refused by what they are; this only bounds what is looked at. */
const TEXT_MAX = 4_096;

/** What is told of a file before its bytes come. */
export const uploadRequest = z.object({
  /** The vault it goes to, by slug. */
  vault: z.string().min(1).max(63),
  folder: z.string().max(TEXT_MAX).default(''),
  name: z.string().max(TEXT_MAX),
  /** The file whose place it takes. */
  file: z.uuid().nullable().default(null),
  /** Whether it may take the place of a file of its name. */
  replace: z.boolean().default(false),
  /** Files sent together. */
  batch: z.uuid(),
  /** Bytes; null when that is not known before it ends, `most` then being more than there can be. */
  size: z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER).nullable(),
  most: z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER),
});
export type UploadRequest = z.infer<typeof uploadRequest>;

/** Why a file is not taken. Each has its sentence in `lib/language/uploads.ts` and its status in `status.ts`. */
export const REFUSALS = [
  'empty',
  'long',
  'note',
  'hidden',
  'characters',
  'outside',
  'taken',
  'missing',
  'kind',
  'large',
  'quota',
  'disk',
  'busy',
  'keys',
  'cut',
] as const;
export type Refusal = (typeof REFUSALS)[number];
