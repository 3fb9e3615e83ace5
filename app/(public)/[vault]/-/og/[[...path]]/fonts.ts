import { readFile } from 'node:fs/promises';
import path from 'node:path';

type Font = { name: string; data: ArrayBuffer; weight: 500; style: 'normal' };

const FILES = {
  Serif: ['literata-latin', 'literata-latin-ext', 'literata-greek', 'literata-cyrillic', 'literata-vietnamese'],
  Sans: ['inter-latin', 'inter-latin-ext', 'inter-greek', 'inter-cyrillic'],
};

let loaded: Promise<Font[]> | undefined;

/** The faces for drawing a card, read once. A name for each file: the first one with the letter draws it. */
export function cardFonts(): Promise<Font[]> {
  loaded ??= Promise.all(Object.entries(FILES).flatMap(([name, files]) => files.map((file) => read(name, file))));
  return loaded;
}

async function read(name: string, file: string): Promise<Font> {
  const bytes = await readFile(path.join(process.cwd(), 'app/fonts/og', `${file}-500-normal.woff`));
  return { name, data: new Uint8Array(bytes).buffer, weight: 500, style: 'normal' };
}
