/** A file of a vault as found in its folder. Paths are relative to the root, with `/`, spelled as on disk. */
export type Entry = {
  path: string;
  kind: 'note' | 'file';
  /** Bytes. */
  size: number;
  /** Milliseconds since the epoch. */
  modified: number;
};

/** Something in the folder that is not imported, and why, in words for the report. */
export type Skipped = { path: string; reason: string };

export type Access = { level: 'public' | 'members' | 'private' } | { level: 'group'; group: string };

export type VaultSettings = {
  title: string | null;
  description: string | null;
  /** BCP 47. */
  language: string | null;
  /** Null when the vault says nothing: it is then private. */
  access: Access | null;
  /** Folder path without slashes at the ends → access; the longest matching folder decides. */
  folders: { path: string; access: Access }[];
  /** Path or name of the home note. */
  home: string | null;
  /** Language → vault slug. */
  translations: Record<string, string>;
  /** From `.obsidian/app.json` when present; false is Obsidian's default. */
  strictLineBreaks: boolean;
  /** Paths or `/regex/` not imported (`userIgnoreFilters`, `exclude`). */
  exclude: string[];
};
