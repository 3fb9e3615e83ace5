import type { TreeFolder, TreeItem } from '@/features/notes/page';
import { formatNumber } from '@/lib/language/format';
import type { Words } from '@/lib/language/words';
import { Icon } from '../ui/icon';

/** The vault's tree, open along the way to the current note; the other folders are links to their own pages. */
export function Tree({ items, words }: { items: TreeItem[]; words: Words }) {
  return (
    <ul className="tree">
      {items.map((item) =>
        item.kind === 'folder' ? (
          <Folder key={item.href} folder={item} words={words} />
        ) : (
          <li key={item.href}>
            <a href={item.href} aria-current={item.current ? 'page' : undefined}>
              {item.title}
            </a>
          </li>
        ),
      )}
    </ul>
  );
}

function Folder({ folder, words }: { folder: TreeFolder; words: Words }) {
  const count = words.tree.notesIn(folder.notes);
  return (
    <li>
      <a className="tree-folder" href={folder.href} data-open={folder.children ? '' : undefined}>
        <Icon name="chevron" />
        <span className="tree-name">{folder.name}</span>
        <span className="tree-count" title={count}>
          <span aria-hidden="true">{formatNumber(folder.notes, words.language)}</span>
          <span className="sr-only">, {count}</span>
        </span>
      </a>
      {folder.children && folder.children.length > 0 && <Tree items={folder.children} words={words} />}
    </li>
  );
}
