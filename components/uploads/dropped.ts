import type { Chosen } from './queue';

/** The files of a drop, those of folders too, each with the folder it lay in. What cannot be read is left out. */
export async function filesOf(items: DataTransferItemList): Promise<Chosen[]> {
  // All at once: when the drop is over, the browser takes them away
  const dropped = [...items]
    .filter(({ kind }) => kind === 'file')
    .map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const found = await Promise.all(
    dropped.map(({ entry, file }) => (entry?.isDirectory ? walk(entry, '') : file ? [{ file, folder: '' }] : [])),
  );
  return found.flat();
}

const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;

async function walk(entry: FileSystemEntry, folder: string): Promise<Chosen[]> {
  if (isFile(entry)) {
    const file = await new Promise<File | null>((resolve) => entry.file(resolve, () => resolve(null)));
    return file ? [{ file, folder }] : [];
  }
  if (!isFolder(entry)) return [];
  const into = folder === '' ? entry.name : `${folder}/${entry.name}`;
  const inside = await entriesOf(entry.createReader());
  return (await Promise.all(inside.map((each) => walk(each, into)))).flat();
}

/** A reader gives some at a time, and none when there are no more. */
async function entriesOf(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve) => reader.readEntries(resolve, () => resolve([])));
    if (some.length === 0) return all;
    all.push(...some);
  }
}
