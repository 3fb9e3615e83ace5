import { formatNumber } from './format';
import type { Words } from './words';

const count = (n: number, one: string, many: string) => `${formatNumber(n, 'en')} ${n === 1 ? one : many}`;

export const en: Words = {
  language: 'en',
  skip: 'Skip to the text',
  home: 'Trastienda: all the vaults',
  menu: {
    notes: 'Notes',
    outline: 'On this page',
    close: 'Close',
    tags: 'Tags',
    graph: 'Graph',
    feed: 'Feed',
    allNotes: 'All the notes',
  },
  theme: { label: 'Colours', system: 'as the device', light: 'light', dark: 'dark' },
  copy: { label: 'Copy', done: 'Copied' },
  note: {
    outline: 'On this page',
    backlinks: 'Linked from',
    noBacklinks: 'No other note links here yet.',
    more: (n) => `${formatNumber(n, 'en')} more`,
    properties: 'Properties',
    tags: 'Tags',
    previous: 'Previous',
    next: 'Next',
    neighbours: 'Previous and next note',
    translations: 'Other languages',
    readIn: (language) => `Read in ${language}`,
    created: 'Written',
    updated: 'Revised',
    yes: 'yes',
    no: 'no',
  },
  tree: { label: 'Notes of this vault', notesIn: (n) => count(n, 'note', 'notes') },
  made: {
    label: 'How this page was made',
    why: 'The shop window',
    static: (revision) =>
      `Prepared once, from revision ${revision} of the note, and kept. You and everyone else receive these same bytes: serving them asks the database nothing.`,
    list: 'Prepared once, from the notes as they were published, and kept. You and everyone else receive these same bytes: serving them asks the database nothing.',
    dynamic: (revision, person) =>
      `Made for this visit, from revision ${revision} of the note${person ? ' and from what you may see' : ''}: the server looked at your session and asked the database. Nobody else receives these bytes, and nothing keeps them.`,
    listNow: (person) =>
      `Made for this visit${person ? ' from what you may see' : ''}: the server looked at your session and asked the database. Nobody else receives these bytes, and nothing keeps them.`,
    at: (when) => `Made on ${when}.`,
    published: (when) => `Note published on ${when}.`,
  },
  mode: {
    static: 'Static',
    revalidated: 'Revalidated',
    partial: 'Partial',
    streamed: 'Streamed',
    dynamic: 'Dynamic',
  },
  vault: {
    contents: 'Contents',
    notes: (n) => count(n, 'note', 'notes'),
    published: (when) => `published ${when}`,
    folders: 'Folders',
    empty: 'Nothing here yet.',
  },
  tags: {
    title: 'Tags',
    lead: (n) => `${count(n, 'tag runs', 'tags run')} through this vault.`,
    none: 'No note of this vault has a tag yet. Write #a-word in a note and it appears here.',
    one: (tag) => `Notes tagged #${tag}`,
    narrower: 'Narrower tags',
    all: 'All the tags',
  },
  folder: { label: 'Folder', empty: 'There is no note in this folder itself; look in the folders.', up: 'Up' },
  graph: {
    title: 'Graph',
    lead: 'Every dot is a note and every line a link. The larger the dot, the more notes lead to it.',
    picture: (notes, links) =>
      `Drawing of ${count(notes, 'note', 'notes')} joined by ${count(links, 'link', 'links')}; the list has the same notes.`,
    list: 'The notes, most linked first',
    links: (n) => count(n, 'link', 'links'),
    omitted: (n) => `${count(n, 'note with fewer links is', 'notes with fewer links are')} not drawn.`,
    empty: 'There is nothing to draw yet.',
  },
  site: {
    title: 'Trastienda: notes with a shop window and a back room',
    description:
      'A folder of Markdown notes as a website: public notes served as static pages, with a real backend behind.',
    heading: ['Notes with a shop window.', 'And a back room.'],
    lines: [
      'Trastienda publishes a folder of Markdown notes as a website.',
      'What is public stands in the window: made once, the same for everyone, at once.',
      'What is not stays in the back room, behind one rule.',
    ],
    vaults: 'In the window',
    emptyTitle: 'The window is empty',
    emptyText:
      'No vault has a public note yet. To publish a folder of notes, stop the server and start it with the folder:',
    emptyAfter: 'Or put “access: public” in the folder’s trastienda.yaml and start again.',
    language: 'Language',
    made: 'Prepared once, from the list of vaults, and kept. Everyone who reads English receives these same bytes: serving them asks the database nothing.',
  },
  unavailable: {
    title: 'Closed for a moment',
    heading: 'The back room does not answer',
    text: 'This page is not in the window yet, and to make it we need the database, which is away at the moment. Pages that were made before can be read as always.',
    again: 'This page tries again by itself in a few seconds.',
    onPurpose: (seconds) =>
      `It was taken away on purpose, to see which pages stand without it, and comes back in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}. This page tries again by itself.`,
  },
  locked: {
    title: 'Locked for now',
    heading: 'The key to this is not at hand',
    text: 'What you ask for is encrypted, and the site has not got the key that opens it. Nothing is lost: whoever runs the site is told which key to bring back. Everything else can be read as always.',
    again: 'This page tries again by itself in a minute.',
  },
  missing: {
    title: 'Nothing at this address',
    heading: 'There is nothing at this address',
    reasons: 'It may be one of these; we cannot say which.',
    misspelt: 'The address has a typing mistake.',
    moved: 'The page was moved or taken away.',
    notPublic: 'The page is there, but not for everyone.',
    home: 'Go to the shop window',
    signIn: 'Sign in to look again',
  },
};
