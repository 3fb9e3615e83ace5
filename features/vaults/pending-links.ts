import type { PendingLink } from './relink';
import type { Ready } from './write-notes';

/** The links of a compiled note: one for each slot that leads somewhere else, and its picture when that is a file of the vault. */
export function pendingLinks(noteId: number, { path, compiled, known, properties }: Ready): PendingLink[] {
  const slots = compiled.slots.flatMap(({ kind, target, line }, slot): PendingLink[] =>
    target === '' ? [] : [{ noteId, path, slot, kind, target, line }],
  );
  const { image } = known;
  const said = slots.some((each) => each.kind === 'property' && each.target === image);
  if (!image || said || /^[a-z][a-z0-9+.-]*:/i.test(image)) return slots;
  const line = properties.find(({ key }) => /^(image|cover)$/i.test(key))?.line ?? 1;
  return [...slots, { noteId, path, slot: compiled.slots.length, kind: 'property', target: image, line }];
}
