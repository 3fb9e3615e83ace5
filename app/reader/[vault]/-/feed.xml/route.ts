import { atom } from '@/app/feed';
import { readFeed } from '@/features/notes/queries';
import { getViewer } from '@/features/people/viewer';

export async function GET(_: Request, { params }: RouteContext<'/reader/[vault]/-/feed.xml'>) {
  const found = await readFeed(await getViewer(), (await params).vault);
  if (!found) return new Response(null, { status: 404, headers: { 'cache-control': 'private, no-store' } });
  return new Response(atom(found), {
    headers: { 'content-type': 'application/atom+xml; charset=utf-8', 'cache-control': 'private, no-store' },
  });
}
