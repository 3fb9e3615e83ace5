import type { VaultCard } from '@/features/notes/page';
import { formatDay } from '@/lib/language/format';
import { languageName, languageOf } from '@/lib/language/tag';
import type { Words } from '@/lib/language/words';

/** A vault as a label in the window, after the printed labels of old shops. */
export function VaultLabel({ vault, words }: { vault: VaultCard; words: Words }) {
  const inVaultLanguage = languageOf(vault.language, words.language);
  return (
    <li className="vault-label">
      <h3 {...inVaultLanguage}>
        <a href={vault.href} hrefLang={vault.language}>
          {vault.title}
        </a>
      </h3>
      {vault.description && <p {...inVaultLanguage}>{vault.description}</p>}
      <ul className="vault-label-facts">
        <li>{languageName(vault.language, words.language)}</li>
        <li>{words.vault.notes(vault.notes)}</li>
        <li>{words.vault.published(formatDay(vault.publishedAt, words.language))}</li>
      </ul>
    </li>
  );
}
