/** One address of each kind of page, of the fixture vaults and the bundled ones. */
export const PAGES = [
  ['the home', '/'],
  ['a vault’s home note', '/workshop'],
  ['a note', '/workshop/Bread'],
  ['a note with everything', '/workshop/Everything'],
  ['a note with files', '/workshop/Tools/Oven'],
  ['a lesson', '/en/Appendix/Writing-notes-here'],
  ['a lesson in Spanish', '/es/1-La-petici%C3%B3n/Petici%C3%B3n-y-respuesta'],
  ['a folder', '/workshop/-/folders/Tools'],
  ['a vault without a home note', '/shelf'],
  ['a note nothing leads to', '/shelf/Only-note'],
  ['the tags', '/workshop/-/tags'],
  ['no tags', '/shelf/-/tags'],
  ['a tag', '/workshop/-/tags/bench'],
  ['the graph', '/workshop/-/graph'],
  ['a large graph', '/en/-/graph'],
  ['what is missing', '/workshop/no-such-note'],
] as const;

/** What Chromium says by itself when the page it opens is a 404. */
export const MISSING = /the server responded with a status of 404/;
