import type { VaultCard } from '@/features/notes/page';
import { formatMoment } from '@/lib/language/format';
import { languageOf } from '@/lib/language/tag';
import { wordsFor } from '@/lib/language/words';
import { ModeBadge } from './ui/mode-badge';

type Props = { vault: Pick<VaultCard, 'language'>; how: string; madeAt: string; publishedAt?: string };

/** Says how this very page was made, in words for whoever is learning. */
export function PageFooter({ vault, how, madeAt, publishedAt }: Props) {
  const words = wordsFor(vault.language);
  const { made, mode, language } = words;
  return (
    <footer className="made" {...languageOf(language, vault.language)}>
      <h2>{made.label}</h2>
      <p>
        <ModeBadge mode="static" label={mode.static} /> {how}
      </p>
      <p className="made-when">
        {made.at(formatMoment(madeAt, language))}
        {publishedAt && ` ${made.published(formatMoment(publishedAt, language))}`}
      </p>
    </footer>
  );
}
