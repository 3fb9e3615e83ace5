import { randomUUID } from 'node:crypto';
import { uploadWords } from '@/lib/language/uploads';
import type { InterfaceLanguage } from '@/lib/language/words';
import type { Received } from './receive';
import { type Refusal, type UploadRequest, uploadRequest } from './schema';
import { STATUS } from './status';

/** The protocol by which browsers and other programs send files that may be cut: https://tus.io/protocols/resumable-upload */
const VERSION = '1.0.0';
const HEADERS = { 'tus-resumable': VERSION, 'cache-control': 'no-store' };
const METADATA_MAX = 16_384;

/** What a program asks for that is about to send a file: `Upload-Length` and `Upload-Metadata`; null when it cannot be read. */
export function readCreation(headers: Headers): UploadRequest | null {
  if (headers.get('tus-resumable') !== VERSION) return null;
  const size = wholeNumber(headers.get('upload-length'));
  const told = readMetadata(headers.get('upload-metadata') ?? '');
  if (size === null || !told) return null;
  const parsed = uploadRequest.safeParse({
    vault: told.get('vault'),
    folder: told.get('folder'),
    name: told.get('filename') ?? '',
    file: told.get('file') ?? null,
    replace: told.get('replace') === 'on',
    batch: told.get('batch') ?? randomUUID(),
    size,
    most: size,
  });
  return parsed.success ? parsed.data : null;
}

/** Where the bytes of a request go: `Upload-Offset`; null when it is no such request. */
export function readOffset(headers: Headers): number | null {
  const right = headers.get('content-type') === 'application/offset+octet-stream';
  return right && headers.get('tus-resumable') === VERSION ? wholeNumber(headers.get('upload-offset')) : null;
}

/** `key base64,key base64`; null when it is something else. */
function readMetadata(text: string): Map<string, string> | null {
  if (text.length > METADATA_MAX) return null;
  const pairs = text.split(',').map((pair) => /^\s*([\x21-\x2b\x2d-\x7e]+)(?: ([A-Za-z0-9+/]*={0,2}))?\s*$/.exec(pair));
  if (pairs.some((pair) => pair === null)) return null;
  return new Map(
    pairs.map((pair): [string, string] => [pair?.[1] ?? '', Buffer.from(pair?.[2] ?? '', 'base64').toString('utf8')]),
  );
}

function wholeNumber(text: string | null): number | null {
  return text !== null && /^\d{1,16}$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : null;
}

/** What the site can do, for whoever asks first. */
export const respondOptions = (): Response =>
  respond(204, { 'tus-version': VERSION, 'tus-extension': 'creation,termination' });

export const respondCreated = (id: string): Response => respond(201, { location: `/api/uploads/${id}` });

/** How far an upload is, to `HEAD` or to the bytes that came. */
export function respondStanding(standing: Received, asked: 'HEAD' | 'PATCH', language: InterfaceLanguage): Response {
  if (standing.as === 'missing') return respondMissing();
  if (standing.as === 'refused') return respondRefusal(standing.why, language);
  if (standing.as === 'mismatch') return respond(409, { 'upload-offset': String(standing.offset) });
  const offset = String(standing.as === 'done' ? standing.size : standing.offset);
  const headers: Record<string, string> = { 'upload-offset': offset };
  if (standing.as === 'done' && standing.fileId) headers['x-file'] = standing.fileId;
  if (asked === 'PATCH') return respond(204, headers);
  return respond(200, { ...headers, 'upload-length': String(standing.size ?? '') });
}

/** The sentence that says why a file is not taken, and in `X-Refusal` the word that programs know it by. */
export function respondRefusal(why: Refusal, language: InterfaceLanguage): Response {
  const headers: Record<string, string> = { 'content-type': 'text/plain; charset=utf-8', 'x-refusal': why };
  if (STATUS[why] === 429 || STATUS[why] === 503) headers['retry-after'] = '60';
  return respond(STATUS[why], headers, `${uploadWords(language).refusal[why]}\n`);
}

/** The answer to what is no request of this protocol. */
export const respondUnread = (): Response => respond(400);

/** The answer for an upload that is not this person's, and for whoever may not bring files. */
export const respondMissing = (): Response => respond(404);

export const respondRemoved = (): Response => respond(204);

function respond(status: number, headers: Record<string, string> = {}, text: string | null = null): Response {
  return new Response(text, { status, headers: { ...HEADERS, ...headers } });
}
