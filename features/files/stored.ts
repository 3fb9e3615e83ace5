import { object, variant } from '@/db/schema';

/** What tells where an object's bytes are and what opens them: the columns of `Stored`. */
export const storedObject = {
  id: object.id,
  version: object.version,
  kekId: object.kekId,
  wrappedDek: object.wrappedDek,
  alg: object.alg,
};

/** The same of a variant. */
export const storedVariant = {
  id: variant.id,
  version: variant.version,
  kekId: variant.kekId,
  wrappedDek: variant.wrappedDek,
  alg: variant.alg,
};
