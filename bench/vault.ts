import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { drawImage } from './image';
import { headingOf, writeNote } from './note-text';
import { Random } from './random';
import { ASPECTS, SUBJECTS } from './words';

const PER_FOLDER = 100;
const SEED = 20_260_101;
/** In every folder there is one of this name, so that links to it can mean several notes. */
const AMBIGUOUS = 'Overview';
/** Of the links of a note; the rest leads to notes of its own folder. */
const SHARES = { far: 0.25, hub: 0.1, heading: 0.15, label: 0.15, unresolved: 0.04, ambiguous: 0.03 };
const HUBS = 20;

/** A generated vault on disk. */
export type Vault = { folder: string; notes: number; bytes: number };

/**
 * Writes a vault of `notes` notes of 2 to 4 KB in folders of at most 100. The same numbers write the same bytes, and
 * a note does not depend on how many there are except through what its links can reach.
 */
export function writeVault(folder: string, notes: number, seed = SEED): Vault {
  let bytes = 0;
  for (let index = 0; index < notes; index++) {
    if (index % PER_FOLDER === 0) mkdirSync(path.join(folder, folderOf(index)), { recursive: true });
    const text = textOf(index, notes, seed);
    bytes += Buffer.byteLength(text);
    writeFileSync(path.join(folder, pathOf(index)), text);
  }
  mkdirSync(path.join(folder, 'images'), { recursive: true });
  for (let at = 0; at < imagesOf(notes); at++) writeFileSync(path.join(folder, 'images', imageOf(at)), drawImage(at));
  writeFileSync(path.join(folder, 'trastienda.yaml'), 'title: Generated notes\nlanguage: en\naccess: public\n');
  return { folder, notes, bytes };
}

/** Where the note of that number is, below the vault's folder. */
export const pathOf = (index: number): string => `${folderOf(index)}/${nameOf(index)}.md`;

const folderOf = (index: number): string => `Box ${String(Math.floor(index / PER_FOLDER) + 1).padStart(3, '0')}`;

function nameOf(index: number): string {
  if (index % PER_FOLDER === 0) return AMBIGUOUS;
  const subject = SUBJECTS[index % SUBJECTS.length];
  const aspect = ASPECTS[Math.floor(index / SUBJECTS.length) % ASPECTS.length];
  return `${subject} ${aspect} ${index}`;
}

const imagesOf = (notes: number): number => Math.ceil(notes / PER_FOLDER);
const imageOf = (at: number): string => `picture-${at + 1}.png`;

function textOf(index: number, notes: number, seed: number): string {
  const random = new Random(seed ^ Math.imul(index + 1, 0x9e3779b1));
  return writeNote(random, {
    title: nameOf(index),
    link: () => linkFrom(random, index, notes),
    image: () => imageOf(random.between(0, imagesOf(notes) - 1)),
  });
}

function linkFrom(random: Random, index: number, notes: number): string {
  if (random.chance(SHARES.unresolved)) return `Unwritten note ${random.between(1, notes)}`;
  if (random.chance(SHARES.ambiguous)) return AMBIGUOUS;
  const name = nameOf(targetOf(random, index, notes));
  const place = random.chance(SHARES.heading) ? `${name}#${headingOf(1)}` : name;
  return random.chance(SHARES.label) ? `${place}|that other note` : place;
}

function targetOf(random: Random, index: number, notes: number): number {
  if (random.chance(SHARES.hub)) return random.between(1, Math.min(HUBS, notes - 1));
  if (random.chance(SHARES.far)) return random.between(0, notes - 1);
  const start = index - (index % PER_FOLDER);
  return random.between(start, Math.min(start + PER_FOLDER, notes) - 1);
}
