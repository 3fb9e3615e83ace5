import type { FolderPage, GraphPage, NotePage, TagPage, TagsPage, TreeItem, VaultCard } from '@/features/notes/page';

/** The vault that exists at build time only: pages are tried with it, because then there is no database to ask. */
export const SAMPLE = '-sample';

const href = `/${SAMPLE}`;
const date = '2026-01-01T00:00:00.000Z';
const card = { href: `${href}/sample`, title: 'Sample', description: 'A note that tries the template.' };

export const sampleVault: VaultCard = {
  slug: SAMPLE,
  href,
  title: 'Sample',
  description: 'A vault that tries the templates.',
  language: 'en',
  chrome: 'en',
  notes: 1,
  publishedAt: date,
};

const tree: TreeItem[] = [
  { kind: 'note', title: card.title, href: card.href, current: true },
  { kind: 'folder', name: 'Folder', href: `${href}/-/folders/Folder`, notes: 1, children: null },
];

export const sampleNote: NotePage = {
  id: 0,
  vault: sampleVault,
  href: card.href,
  address: 'sample',
  title: card.title,
  description: card.description,
  language: 'en',
  home: false,
  html: '<h2 id="part">Part</h2><p>Text.</p>',
  outline: [{ depth: 2, text: 'Part', id: 'part' }],
  tags: [{ tag: 'sample', href: `${href}/-/tags/sample` }],
  properties: [{ key: 'status', line: 1, kind: 'text', value: ['sample'] }],
  backlinks: [{ ...card, excerpt: 'Text.' }],
  previous: card,
  next: card,
  tree,
  translations: [{ language: 'es', href: `${href}/muestra`, title: 'Muestra' }],
  createdOn: '2026-01-01',
  updatedOn: null,
  publishedAt: date,
  revision: 1,
  image: `${href}/-/og/sample`,
};

export const sampleTags: TagsPage = {
  vault: sampleVault,
  tree,
  tags: [{ tag: 'sample', href: `${href}/-/tags/sample`, notes: 1 }],
};
export const sampleTag: TagPage = { vault: sampleVault, tree, tag: 'sample', notes: [card], children: sampleTags.tags };
export const sampleFolder: FolderPage = {
  vault: sampleVault,
  tree,
  name: 'Folder',
  folder: 'Folder',
  notes: [card],
  folders: [],
};
export const sampleGraph: GraphPage = {
  vault: sampleVault,
  tree,
  nodes: [
    { href: card.href, title: card.title, links: 1 },
    { href: `${href}/other`, title: 'Other', links: 0 },
  ],
  edges: [[1, 0]],
  omitted: 0,
};
