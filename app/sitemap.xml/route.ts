import { connection } from 'next/server';
import { absolute } from '@/app/address';
import { anonymous } from '@/features/access/viewer';
import { listAddresses, listVaults } from '@/features/notes/queries';
import { sitemapIndex, sitemapPart } from './xml';

/** The protocol allows 50,000 addresses a file. */
const PART = 45_000;

/** All addresses; beyond one file's worth, an index of `?part=1`, `?part=2`… */
export async function GET(request: Request) {
  await connection();
  const asked = new URL(request.url).searchParams.get('part');
  const part = Number(asked ?? 1);
  const parts = Math.ceil((await countNotes()) / PART) || 1;
  if (!Number.isInteger(part) || part < 1 || part > parts) return new Response(null, { status: 404 });
  const headers = { 'content-type': 'application/xml; charset=utf-8', 'x-page-store': 'keep' };
  if (asked === null && parts > 1) return new Response(sitemapIndex(absolute('/sitemap.xml'), parts), { headers });
  return new Response(streamOf(sitemapPart(listAddresses(anonymous), (part - 1) * PART, PART, absolute)), { headers });
}

async function countNotes(): Promise<number> {
  const vaults = await listVaults(anonymous);
  return vaults.reduce((sum, vault) => sum + vault.notes, 0);
}

function streamOf(chunks: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await chunks.return(undefined);
    },
  });
}
