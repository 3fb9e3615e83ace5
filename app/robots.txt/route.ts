import { connection } from 'next/server';
import { absolute } from '@/app/address';

export async function GET() {
  await connection();
  const lines = ['User-agent: *', 'Disallow: /api/', 'Disallow: /s/', '', `Sitemap: ${absolute('/sitemap.xml')}`, ''];
  return new Response(lines.join('\n'), {
    headers: { 'content-type': 'text/plain; charset=utf-8', 'x-page-store': 'keep' },
  });
}
