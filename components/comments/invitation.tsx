import { readingWords } from '@/lib/language/reading';
import type { InterfaceLanguage } from '@/lib/language/words';

/** What stands in place of the comments for whoever is not signed in: the same for everyone. */
export function Invitation({ language, chrome }: { language: InterfaceLanguage; chrome: { lang?: string } }) {
  const { comments: words } = readingWords(language);
  return (
    <section id="comments" className="comments comments-closed" aria-labelledby="comments-title" {...chrome}>
      <h2 id="comments-title">{words.title}</h2>
      <p>
        {words.invite} <a href="/signin">{words.signIn}</a>
      </p>
    </section>
  );
}
