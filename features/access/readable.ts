import { publicFile, publicNote } from '@/db/schema';
import type { Viewer } from './viewer';

/**
 * The notes a viewer may read, as a relation to select from. The anonymous viewer's is a database view that holds
 * public rows only, so that no mistake in a page can show another.
 */
export function readableNotes(_viewer: Viewer) {
  return publicNote;
}

/** The files a viewer may read: those some readable note refers to. */
export function readableFiles(_viewer: Viewer) {
  return publicFile;
}
