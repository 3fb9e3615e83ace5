import { connection } from 'next/server';
import { cache } from 'react';
import { StampFacts } from '@/components/compare/stamp';
import { Backlinks } from '@/components/note/backlinks';
import { Neighbours } from '@/components/note/neighbours';
import { Article } from '@/components/note/note-view';
import { Tree } from '@/components/vault/tree';
import type { Viewer } from '@/features/access/viewer';
import {
  type FoundNote,
  findNote,
  readArticle,
  readBacklinks,
  readNeighbours,
  readTree,
} from '@/features/notes/queries';
import { getViewer } from '@/features/people/viewer';
import { compareWords } from '@/lib/language/compare';
import { languageOfWord } from '@/lib/language/tag';
import { type InterfaceLanguage, wordsFor } from '@/lib/language/words';
import { processName } from '@/lib/observe/process';
import { tallying } from '@/lib/observe/trace';

type Place = { vault: string; address: string; language: InterfaceLanguage };
type Asked = { viewer: Viewer; found: FoundNote };

/** What the parts of one answer cost together. */
const spent = cache((): { queries: number; parts: Promise<unknown>[] } => ({ queries: 0, parts: [] }));

/** The note, found once for all the parts; nothing is asked before there is a request. */
const find = cache(async (vault: string, address: string): Promise<Asked | null> => {
  await connection();
  return spending(async () => {
    const viewer = await getViewer();
    const found = await findNote(viewer, vault, address);
    return found && { viewer, found };
  });
});

async function spending<T>(work: () => Promise<T>): Promise<T> {
  const account = spent();
  const { value, queries } = await tallying(work);
  account.queries += queries;
  return value;
}

/** What one part shows: its own questions, asked as soon as the note is found. */
function read<T>({ vault, address }: Place, part: (asked: Asked) => Promise<T>): Promise<T | null> {
  const reading = find(vault, address).then((asked) => asked && spending(() => part(asked)));
  spent().parts.push(reading);
  return reading;
}

export async function LateArticle(place: Place) {
  const note = await read(place, ({ viewer, found }) => readArticle(viewer, found));
  const words = wordsFor(place.language);
  return note && <Article note={note} vaultLanguage={place.language} words={words} />;
}

export async function LateNeighbours(place: Place) {
  const both = await read(place, ({ viewer, found }) => readNeighbours(viewer, found));
  return both && <Neighbours {...both} words={wordsFor(place.language)} chrome={{}} />;
}

export async function LateBacklinks(place: Place) {
  const backlinks = await read(place, ({ viewer, found: { home, note } }) => readBacklinks(viewer, home, note.id));
  const words = wordsFor(place.language);
  return (
    backlinks && (
      <Backlinks backlinks={backlinks} words={words} chrome={languageOfWord(words.language, place.language)} />
    )
  );
}

export async function LateTree(place: Place) {
  const tree = await read(place, ({ viewer, found: { home, note } }) => readTree(viewer, home, note.folder, note.id));
  return tree && <Tree items={tree} words={wordsFor(place.language)} />;
}

/** Comes last: it tells what all the parts cost. */
export async function LateStamp({ language }: { language: InterfaceLanguage }) {
  await connection();
  await new Promise((resolve) => setImmediate(resolve)); // the other parts have begun
  const { parts } = spent();
  await Promise.allSettled(parts);
  const made = { at: new Date().toISOString(), process: processName(), queries: spent().queries };
  return <StampFacts part="visit" label={compareWords(language).stamp.parts} made={made} language={language} />;
}
