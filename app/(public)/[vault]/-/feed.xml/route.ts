import { atom } from '@/app/feed';
import { anonymous } from '@/features/access/viewer';
import { readFeed } from '@/features/notes/queries';

export async function GET(_: Request, { params }: RouteContext<'/[vault]/-/feed.xml'>) {
  const found = await readFeed(anonymous, (await params).vault);
  if (!found) return new Response(null, { status: 404 });
  return new Response(atom(found), {
    headers: { 'content-type': 'application/atom+xml; charset=utf-8', 'x-page-store': 'keep' },
  });
}
