import type { Metadata } from 'next';
import { absolute, decodePath } from '@/app/address';
import { type Mode, wordsFor } from '@/lib/language/words';

/** Search engines are led to the note itself; its title here says which mode this is, and needs no read. */
export function describeMode(mode: Mode, vault: string, path: string[] | undefined): Metadata {
  const href = `/${[vault, ...(path ?? [])].join('/')}`;
  const name = (decodePath(path) || vault).split('/').at(-1)?.replaceAll('-', ' ');
  return {
    title: `${wordsFor('en').mode[mode]} · ${name}`,
    robots: { index: false },
    alternates: { canonical: absolute(href) },
  };
}
