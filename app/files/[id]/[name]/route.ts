import { Readable } from 'node:stream';
import { create as contentDisposition } from 'content-disposition';
import { anonymous } from '@/features/access/viewer';
import { openBytes } from '@/features/files/bytes';
import { objects } from '@/features/files/objects';
import { type Download, findDownload } from '@/features/files/queries';
import { keyRing } from '@/features/keys/ring-file';

type Context = { params: Promise<{ id: string; name: string }> };

/** Kinds a browser may show in place; everything else, SVG, HTML and XML above all, is only ever saved. */
const INLINE = /^(image\/(png|jpeg|gif|webp|avif|bmp)|audio\/|video\/|application\/pdf$)/;
/** An SVG is shown in a picture, where it can run nothing; opened by itself, it is saved. */
const PICTURE_ONLY = 'image/svg+xml';

export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { id } = await params;
  const file = await findDownload(anonymous, id);
  if (!file) return notFound();
  const headers = headersOf(file);
  if (request.headers.get('if-none-match')?.includes(etag(file))) return new Response(null, { status: 304, headers });
  const shelf = { store: objects(), ring: await keyRing(), instance: file.instance };
  const bytes = await openBytes(shelf, 'original', file.stored);
  const body = Readable.from(bytes.all()).once('close', () => void bytes.close());
  return new Response(Readable.toWeb(body) as ReadableStream<Uint8Array>, { headers });
}

export async function HEAD(_request: Request, { params }: Context): Promise<Response> {
  const { id } = await params;
  const file = await findDownload(anonymous, id);
  return file ? new Response(null, { headers: headersOf(file) }) : notFound();
}

function etag(file: Download): string {
  return `"${file.stored.id}"`;
}

function headersOf(file: Download): Headers {
  const inline = INLINE.test(file.mediaType);
  return new Headers({
    'content-type': file.mediaType,
    'x-content-length': String(file.size),
    'content-disposition': contentDisposition(file.name, {
      type: inline || file.mediaType === PICTURE_ONLY ? 'inline' : 'attachment',
    }),
    'content-security-policy':
      file.mediaType === 'application/pdf'
        ? "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'"
        : "sandbox; default-src 'none'; style-src 'unsafe-inline'",
    etag: etag(file),
    'last-modified': file.publishedAt.toUTCString(),
    'cache-control': 'public, max-age=0, must-revalidate, no-transform',
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  });
}

function notFound(): Response {
  return new Response('Not found\n', {
    status: 404,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  });
}
