import { en } from './en';
import { es } from './es';

export type InterfaceLanguage = 'es' | 'en';
export const INTERFACE_LANGUAGES: InterfaceLanguage[] = ['en', 'es'];

/** Every word the interface says. A language that lacks one does not compile. */
export type Words = {
  language: InterfaceLanguage;
  skip: string;
  home: string;
  menu: { notes: string; outline: string; close: string; tags: string; graph: string; feed: string; allNotes: string };
  theme: { label: string; system: string; light: string; dark: string };
  copy: { label: string; done: string };
  note: {
    outline: string;
    backlinks: string;
    noBacklinks: string;
    more: (count: number) => string;
    properties: string;
    tags: string;
    previous: string;
    next: string;
    neighbours: string;
    translations: string;
    /** In the translation's own language: "Leer en español". */
    readIn: (language: string) => string;
    created: string;
    updated: string;
    yes: string;
    no: string;
  };
  tree: { label: string; notesIn: (count: number) => string };
  made: {
    label: string;
    why: string;
    static: (revision: number) => string;
    list: string;
    dynamic: (revision: number, person: boolean) => string;
    listNow: (person: boolean) => string;
    at: (when: string) => string;
    published: (when: string) => string;
  };
  mode: Record<Mode, string>;
  vault: {
    contents: string;
    notes: (count: number) => string;
    published: (when: string) => string;
    folders: string;
    empty: string;
  };
  tags: {
    title: string;
    lead: (count: number) => string;
    none: string;
    one: (tag: string) => string;
    narrower: string;
    all: string;
  };
  folder: { label: string; empty: string; up: string };
  graph: {
    title: string;
    lead: string;
    picture: (notes: number, links: number) => string;
    list: string;
    links: (count: number) => string;
    omitted: (count: number) => string;
    empty: string;
  };
  site: {
    title: string;
    description: string;
    heading: [string, string];
    lines: [string, string, string];
    vaults: string;
    emptyTitle: string;
    emptyText: string;
    emptyAfter: string;
    language: string;
    made: string;
  };
  /** While the database is away. */
  unavailable: {
    title: string;
    heading: string;
    text: string;
    again: string;
    onPurpose: (seconds: number) => string;
  };
  /** The keys are away. */
  locked: { title: string; heading: string; text: string; again: string };
  missing: {
    title: string;
    heading: string;
    reasons: string;
    misspelt: string;
    moved: string;
    notPublic: string;
    home: string;
    signIn: string;
  };
};

export type Mode = 'static' | 'revalidated' | 'partial' | 'streamed' | 'dynamic';

const TABLE: Record<InterfaceLanguage, Words> = { en, es };

/** The interface for content in `language` (BCP 47): Spanish for Spanish, English for everything else. */
export function wordsFor(language: string): Words {
  return TABLE[interfaceLanguage(language)];
}

export function interfaceLanguage(language: string): InterfaceLanguage {
  return /^es\b/i.test(language) ? 'es' : 'en';
}
