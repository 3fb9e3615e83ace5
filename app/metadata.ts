import type { Metadata } from 'next';
import type { Translation, VaultCard } from '@/features/notes/page';
import { languageTag } from '@/lib/language/tag';
import { absolute } from './address';

type Described = {
  title: string;
  description: string;
  href: string;
  vault: VaultCard;
  image: string;
  language?: string;
  translations?: Translation[];
  published?: string;
};

/** What the window of a page is called; the home of a vault often has its vault's name. */
export const titleIn = (title: string, vault: { title: string }): string =>
  title === vault.title ? title : `${title} · ${vault.title}`;

/** What search engines and previews elsewhere learn of a public page. */
export function describePage(page: Described): Metadata {
  const { title, description, vault } = page;
  const language = page.language ?? vault.language;
  const url = absolute(page.href);
  const image = { url: absolute(page.image), width: 1200, height: 630, alt: title };
  return {
    title: titleIn(title, vault),
    description: description || vault.description || undefined,
    alternates: {
      canonical: url,
      languages: alternates(page, language),
      types: { 'application/atom+xml': [{ url: absolute(`${vault.href}/-/feed.xml`), title: vault.title }] },
    },
    openGraph: {
      type: page.published ? 'article' : 'website',
      publishedTime: page.published,
      title,
      description: description || vault.description || undefined,
      url,
      siteName: vault.title,
      locale: languageTag(language).replace('-', '_'),
      images: [image],
    },
    twitter: {
      card: 'summary_large_image',
      title,
      description: description || vault.description || undefined,
      images: [image],
    },
  };
}

function alternates({ href, translations }: Described, language: string): Record<string, string> | undefined {
  if (!translations?.length) return undefined;
  const all = [{ language, href }, ...translations];
  return Object.fromEntries(all.map((each) => [languageTag(each.language), absolute(each.href)]));
}
