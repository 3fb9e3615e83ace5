import { Feed } from 'feed';
import type { VaultFeed } from '@/features/notes/page';
import { languageTag } from '@/lib/language/tag';
import { absolute } from './address';

/** A vault's latest notes as an Atom feed. */
export function atom({ vault, items }: VaultFeed): string {
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
  return feed.atom1();
}
