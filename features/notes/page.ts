import type { InterfaceLanguage } from '@/lib/language/words';
import type { OutlineItem } from '@/lib/markdown/compiled';
import type { Property } from '@/lib/vault/frontmatter';

/** A note as a line in a list. `href` is its address on this site, percent-encoded. */
export type NoteCard = { href: string; title: string; description: string };

export type VaultCard = {
  slug: string;
  href: string;
  title: string;
  description: string;
  language: string;
  /** The language of the words around the text: the vault's, or the one its reader chose. */
  chrome: InterfaceLanguage;
  notes: number;
  /** ISO 8601. */
  publishedAt: string;
};

/** A folder of the tree. Only the folders on the way to the current note list what they hold. */
export type TreeFolder = {
  kind: 'folder';
  name: string;
  /** Path in the vault, for `/{vault}/-/folders/{path}`. */
  href: string;
  /** Notes in it and below. */
  notes: number;
  /** Null when closed. */
  children: TreeItem[] | null;
};
export type TreeNote = { kind: 'note'; title: string; href: string; current: boolean };
export type TreeItem = TreeFolder | TreeNote;

export type Backlink = NoteCard & { excerpt: string };
export type Translation = { language: string; href: string; title: string };
export type TagCount = { tag: string; href: string; notes: number };

/** Everything a note's page shows to one viewer, with the links that viewer may follow already in `html`. */
export type NotePage = {
  id: number;
  vault: VaultCard;
  href: string;
  address: string;
  title: string;
  description: string;
  language: string;
  /** True for the vault's home note. */
  home: boolean;
  html: string;
  outline: Pick<OutlineItem, 'depth' | 'text' | 'id'>[];
  tags: { tag: string; href: string }[];
  /** The properties worth showing a reader (the author's own, not the ones that steer publishing). */
  properties: Property[];
  backlinks: Backlink[];
  previous: NoteCard | null;
  next: NoteCard | null;
  tree: TreeItem[];
  translations: Translation[];
  /** As the author wrote them, or null. */
  createdOn: string | null;
  updatedOn: string | null;
  /** ISO 8601, from the database's clock: when this revision was published. */
  publishedAt: string;
  revision: number;
  /** Absolute path of the picture for previews elsewhere. */
  image: string;
};

/** A note's text and what is told of it, without what is around it. */
export type NoteArticle = Omit<NotePage, 'vault' | 'backlinks' | 'previous' | 'next' | 'tree'>;

export type TagPage = { vault: VaultCard; tag: string; notes: NoteCard[]; children: TagCount[]; tree: TreeItem[] };
export type TagsPage = { vault: VaultCard; tags: TagCount[]; tree: TreeItem[] };
export type FolderPage = {
  vault: VaultCard;
  name: string;
  folder: string;
  tree: TreeItem[];
  notes: NoteCard[];
  folders: TreeFolder[];
};
export type GraphPage = {
  vault: VaultCard;
  nodes: { href: string; title: string; links: number }[];
  /** Pairs of indices into `nodes`. */
  edges: [number, number][];
  /** Notes left out of the drawing when the vault is large; the list has them all. */
  omitted: number;
  tree: TreeItem[];
};
export type FeedItem = NoteCard & { publishedAt: string };
export type VaultFeed = { vault: VaultCard; items: FeedItem[] };
export type Preview = { title: string; href: string; excerpt: string };
