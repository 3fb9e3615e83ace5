import { Feed } from 'feed';
import { absolute } from '@/app/address';
import { anonymous } from '@/features/access/viewer';
import { readFeed } from '@/features/notes/queries';
import { languageTag } from '@/lib/language/tag';

export async function GET(_: Request, { params }: RouteContext<'/[vault]/-/feed.xml'>) {
  const found = await readFeed(anonymous, (await params).vault);
  if (!found) return new Response(null, { status: 404 });
  const { vault, items } = found;
  const url = absolute(vault.href);
  const feed = new Feed({
    id: url,
    link: url,
    title: vault.title,
    description: vault.description,
    language: languageTag(vault.language),
    updated: new Date(items[0]?.publishedAt ?? vault.publishedAt),
    feedLinks: { atom: `${url}/-/feed.xml` },
    generator: 'Trastienda',
    copyright: '',
    author: { name: vault.title },
  });
  for (const item of items) {
    const link = absolute(item.href);
    feed.addItem({
      id: link,
      link,
      title: item.title,
      description: item.description,
      date: new Date(item.publishedAt),
    });
  }
  return new Response(feed.atom1(), {
    headers: { 'content-type': 'application/atom+xml; charset=utf-8', 'x-page-store': 'keep' },
  });
}
