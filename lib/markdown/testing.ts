import { compile } from './compile';
import type { Compiled, CompileInput, Fill, Filled, Slot } from './compiled';
import { type RenderOptions, render } from './render';
import { NOTE_WORDS } from './words';

/** Compiles a note of only a body, for tests. */
export function compileNote(source: string, input: Partial<CompileInput> = {}): Promise<Compiled> {
  const blank = { bodyStart: 0, bodyLine: 1, properties: [], title: null, tags: [], strictLineBreaks: false };
  return compile({ source, ...blank, ...input });
}

/** A vault in which every note and file exists, unless its name begins with `missing`. */
export const everything: Fill = { slot: (slot) => existing(slot), transclude: () => null };

function existing(slot: Slot): Filled {
  if (slot.target.startsWith('missing')) return null;
  const type = /\.(png|mp3|mp4|pdf|canvas|zip)$/.exec(slot.target)?.[1];
  if (!type) return { as: 'note', href: `/n/${slot.target}`, fragmentId: slot.fragment, title: slot.target };
  const types: Record<string, string> = {
    png: 'image/png',
    mp3: 'audio/mpeg',
    mp4: 'video/mp4',
    pdf: 'application/pdf',
  };
  const mediaType = types[type] ?? 'application/octet-stream';
  const sides = type === 'png' ? { width: 400, height: 300 } : { width: null, height: null };
  return { as: 'file', href: `/f/${slot.target}`, name: slot.target, mediaType, size: 12_345, ...sides };
}

/** The HTML of a note in English, as one who may see everything gets it. */
export async function show(source: string, options: Partial<RenderOptions> = {}, fill = everything): Promise<string> {
  return render(await compileNote(source), fill, { words: NOTE_WORDS.en, ...options }).trim();
}
