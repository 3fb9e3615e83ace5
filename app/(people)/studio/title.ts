import type { Metadata } from 'next';
import { may } from '@/features/access/policy';
import { currentLanguage, getViewer } from '@/features/people/viewer';
import { studioWords } from '@/lib/language/studio';
import type { InterfaceLanguage } from '@/lib/language/words';

type Words = ReturnType<typeof studioWords>;

/** The title of a page of the studio; whoever may not enter learns none. */
export async function studioTitle(choose: (words: Words, language: InterfaceLanguage) => string): Promise<Metadata> {
  const [viewer, language] = await Promise.all([getViewer(), currentLanguage()]);
  if (!may(viewer, 'studio.enter')) return {};
  const words = studioWords(language);
  const name = choose(words, language);
  return { title: name === words.title ? name : `${name} · ${words.title}`, robots: { index: false } };
}
