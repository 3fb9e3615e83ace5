import { create } from 'content-disposition';
import { exportDownloads } from '@/features/downloads/queries';
import { getViewer } from '@/features/people/viewer';
import { askedOf } from '../filter';

const PRIVATE = { 'cache-control': 'private, no-store' };

/** The ledger of downloads as a CSV file, written as it is read. */
export async function GET(request: Request): Promise<Response> {
  const viewer = await getViewer();
  const { filter } = askedOf(Object.fromEntries(new URL(request.url).searchParams));
  const lines = await exportDownloads(viewer, filter);
  if (!lines) return new Response(null, { status: 404, headers: PRIVATE });
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode('\uFEFF')),
    pull: async (controller) => {
      const { done, value } = await lines.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => {
      await lines.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      ...PRIVATE,
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': create('trastienda-downloads.csv'),
    },
  });
}
