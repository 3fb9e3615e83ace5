import { join } from 'node:path';
import { type FileStore, folderStore } from './store';

/** The site's own store, in `DATA_DIR/objects`. */
export function objects(): FileStore {
  return folderStore(join(process.env.DATA_DIR ?? '.data', 'objects'));
}
