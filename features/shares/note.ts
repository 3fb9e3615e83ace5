import { database } from '@/db/connection';
import { interfaceLanguage } from '@/lib/language/words';
import type { Fill, Filled } from '@/lib/markdown/compiled';
import { render } from '@/lib/markdown/render';
import { NOTE_WORDS } from '@/lib/markdown/words';
import { anonymous, type Viewer } from '../access/viewer';
import { isViewable } from '../files/headers';
import { readFill } from '../notes/fill';
import { hashToken } from '../people/cookie';
import { selectFilesOf, selectRedeemedNote } from './targets';

export type SharedNote = { title: string; language: string; html: string };

/**
 * The note that the holder of a redemption's token may read now, or null. Its own pictures and files are opened by the same
 * link, whose page is `page`; what it links to and embeds besides is there only if it is for everyone.
 */
export async function readSharedNote(
  _viewer: Viewer,
  shareId: string,
  token: string,
  page: string,
): Promise<SharedNote | null> {
  const { db } = database();
  const [note] = await selectRedeemedNote(db, shareId, hashToken(token));
  if (!note) return null;
  const { slug, homePath, title, language } = note;
  const [open, files] = await Promise.all([readFill(anonymous, { slug, homePath }, note), selectFilesOf(db, note.id)]);
  const own = new Map(files.map(({ slot, ...file }) => [slot, sharedFile(page, file)]));
  const fill: Fill = { ...open, slot: (slot, index) => own.get(index) ?? open.slot(slot, index) };
  return { title, language, html: render(note, fill, { words: NOTE_WORDS[interfaceLanguage(language)] }) };
}

type File = { id: string; name: string; mediaType: string; size: number; width: number | null; height: number | null };

function sharedFile(page: string, { id, ...file }: File): Filled {
  const href = `${page}/file/${encodeURIComponent(file.name)}?id=${id}`;
  return { as: 'file', href, viewHref: isViewable(file.mediaType) ? `${href}&inline` : undefined, ...file };
}
