import { z } from 'zod';

/** A link may be in force for so long: whoever needs it longer makes another. */
export const DAYS_MAX = 30;
export const USES_MAX = 10_000;
export const REMARK_MAX = 200;
/** It guards one file for a while, and tries are slowed down. */
export const PASSWORD_MIN = 4;
export const PASSWORD_MAX = 256;

const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

/** A file's UUID or a note's number. */
export const shareTarget = z.union([z.uuid(), z.coerce.number().int().positive().max(2_147_483_647)]);

/** What a new link opens, and to whom. */
export const shareInput = z.object({
  target: shareTarget,
  days: z.coerce.number().int().min(1).max(DAYS_MAX),
  maxUses: optional(z.coerce.number().int().min(1).max(USES_MAX)),
  password: optional(z.string().min(PASSWORD_MIN).max(PASSWORD_MAX)),
  remark: z.string().trim().max(REMARK_MAX).default(''),
});

export type ShareInput = z.infer<typeof shareInput>;
