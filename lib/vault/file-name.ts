import { baseName, isNotePath } from './names';

/** What is wrong with the name or the folder of a file that somebody brings. */
export type NameProblem = 'empty' | 'long' | 'note' | 'hidden' | 'characters' | 'outside';

/** Bytes a name has at most on every system, and a path here. */
const NAME_BYTES = 255;
const PATH_BYTES = 1_024;
const DEPTH_MAX = 32;
/** Also halves of characters, which are none. */
const CONTROL = /[\p{Cs}\u0000-\u001f\u007f-\u009f]/u;
const INVISIBLE = /[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/;

/**
 * Where in its vault a file goes that comes with this name, into this folder ('' for the root): NFC, without the path a browser
 * may have put before the name. Or what is wrong with it. A name is data, never a place on the disk.
 */
export function filePath(name: string, folder: string): { path: string } | { problem: NameProblem } {
  const own = baseName(name.replaceAll('\\', '/')).normalize('NFC').trim();
  const folders = folder
    .normalize('NFC')
    .replaceAll('\\', '/')
    .split('/')
    .map((each) => each.trim())
    .filter((each) => each !== '');
  const path = [...folders, own].join('/');
  const problem =
    own === '' ? 'empty' : (problemOf(own, folders) ?? (Buffer.byteLength(path) > PATH_BYTES ? 'long' : null));
  return problem ? { problem } : { path };
}

function problemOf(name: string, folders: string[]): NameProblem | null {
  const all = [...folders, name];
  if (folders.length > DEPTH_MAX || all.some((each) => Buffer.byteLength(each) > NAME_BYTES)) return 'long';
  if (all.some((each) => each === '..' || each === '.')) return 'outside';
  if (all.some((each) => CONTROL.test(each) || INVISIBLE.test(each))) return 'characters';
  if (all.some((each) => each.startsWith('.'))) return 'hidden';
  return isNotePath(name) || name === 'trastienda.yaml' ? 'note' : null;
}
