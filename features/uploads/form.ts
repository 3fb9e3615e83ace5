import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import type { Viewer } from '@/features/access/viewer';
import { beginUpload } from './begin';
import { FORM_FILES } from './limits';
import { receive } from './receive';
import { uploadRequest } from './schema';

/** What a form said besides its files. */
type Fields = Map<string, string>;
/** How many files came with a form, and whether there were more than are taken in. */
export type Sent = { batch: string; files: number; more: boolean; fields: Fields };

const FIELD_BYTES = 4_096;

/**
 * Takes in the files of a plain form, one after the other, each written as it comes and none held. The fields stand before them. What
 * became of each is told by its batch. Null when the form cannot be read at all.
 */
export async function receiveForm(
  viewer: Viewer,
  type: string,
  length: number,
  source: Readable,
): Promise<Sent | null> {
  const batch = randomUUID();
  const fields: Fields = new Map();
  const reader = openForm(type);
  if (!reader) return null;
  const taken: Promise<boolean>[] = [];
  let before: Promise<unknown> = Promise.resolve();
  let latest: Readable | null = null;
  let more = false;
  reader.on('filesLimit', () => {
    more = true;
  });
  reader.on('field', (name, value) => void fields.set(name, value));
  reader.on('file', (_field, stream, name) => {
    latest = stream;
    stream.on('error', (error) => stream.destroy(error)); // it only says that the form was cut
    const mine = before
      .then(() => takeFile(viewer, { batch, fields, length }, name, stream))
      .finally(() => stream.resume()); // what nobody takes is let go by, so that what comes after it is reached
    before = mine.catch(() => {});
    taken.push(mine);
  });
  const read = await new Promise<boolean>((resolve) => {
    reader.on('finish', () => resolve(true));
    reader.on('error', (error: Error) => {
      latest?.destroy(error); // of several files, the reader gives the cut one to be whole
      resolve(false);
    });
    void feed(source, reader);
  });
  const files = (await Promise.all(taken)).filter(Boolean).length;
  return read || files > 0 ? { batch, files, more, fields } : null;
}

/**
 * Gives a reader what comes, as fast as it takes it. It is not piped: a request that was, by the pipe, paused and resumed all the
 * time went on being filled from the network, up to a gigabyte of what came.
 */
async function feed(source: Readable, reader: BusboyInstance): Promise<void> {
  const over = new AbortController();
  reader.once('finish', () => over.abort());
  try {
    for await (const part of source.iterator({ destroyOnReturn: false }))
      if (!reader.write(part)) await once(reader, 'drain', { signal: over.signal });
  } catch {
    // the form was cut, or is none, which the reader says
  }
  if (!over.signal.aborted) reader.end();
}

function openForm(type: string): BusboyInstance | null {
  try {
    return new Busboy({
      headers: { 'content-type': type },
      limits: { files: FORM_FILES, fields: 20, fieldSize: FIELD_BYTES, headerPairs: 20 },
      preservePath: true,
    });
  } catch {
    return null; // no multipart form
  }
}

/** One file of a form. False for the nothing that a form sends when none was chosen. */
async function takeFile(
  viewer: Viewer,
  { batch, fields, length }: { batch: string; fields: Fields; length: number },
  name: string,
  stream: Readable,
): Promise<boolean> {
  if (name === '') return false;
  const asked = uploadRequest.safeParse({
    vault: fields.get('vault'),
    folder: fields.get('folder'),
    name: name.slice(0, FIELD_BYTES),
    file: fields.get('file') ?? null,
    replace: fields.get('replace') === 'on',
    batch,
    size: null,
    most: length, // of all that comes: no part of it says its own
  });
  const begun = asked.success ? await beginUpload(viewer, asked.data, { told: true }) : null;
  if (begun?.as !== 'begun') return begun?.as === 'refused';
  const received = await receive(viewer, begun.id, { offset: 0, source: stream, toTheEnd: true });
  return received.as !== 'missing';
}
