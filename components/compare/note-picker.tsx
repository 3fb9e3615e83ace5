import type { OfferedVault } from '@/features/compare/queries';
import { measureWords } from '@/lib/language/measure';
import { languageTag } from '@/lib/language/tag';
import type { InterfaceLanguage } from '@/lib/language/words';

type Props = { vaults: OfferedVault[]; language: InterfaceLanguage };

/** The notes that can be compared, by vault, those in the reader's language first. */
export function NotePicker({ vaults, language }: Props) {
  const { pick } = measureWords(language);
  const own = (vault: OfferedVault) => Number(vault.language === language);
  const ordered = [...vaults].sort((one, other) => own(other) - own(one));
  return (
    <section className="pick" aria-labelledby="pick">
      <h2 id="pick">{pick.title}</h2>
      <p className="said">{vaults.length > 0 ? pick.lead : pick.none}</p>
      {ordered.map((vault, i) => (
        <details key={`${vault.title} ${vault.notes[0]?.href}`} open={i === 0} lang={languageTag(vault.language)}>
          <summary>{vault.title}</summary>
          <ul>
            {vault.notes.map((note) => (
              <li key={note.href}>
                <a href={`/compare${note.href}`}>{note.title}</a>
                {!note.open && <small lang={language}> {pick.closed}</small>}
              </li>
            ))}
          </ul>
        </details>
      ))}
    </section>
  );
}
