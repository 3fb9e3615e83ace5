import type { VaultCard } from '@/features/notes/page';
import { formatMoment } from '@/lib/language/format';
import { languageOf } from '@/lib/language/tag';
import { wordsFor } from '@/lib/language/words';
import type { Making } from './making';
import { ModeBadge } from './ui/mode-badge';

type Props = { vault: Pick<VaultCard, 'language' | 'chrome'>; how: string; making: Making; publishedAt?: string };

/** Says how this very page was made, in words for whoever is learning. */
export function PageFooter({ vault, how, making, publishedAt }: Props) {
  const words = wordsFor(vault.chrome);
  const { made, mode, language } = words;
  return (
    <footer className="made" {...languageOf(language, vault.language)}>
      <h2>{made.label}</h2>
      <p>
        <ModeBadge mode={making.mode} label={mode[making.mode]} /> {how}
      </p>
      <p className="made-when">
        {made.at(formatMoment(making.at, language))}
        {publishedAt && ` ${made.published(formatMoment(publishedAt, language))}`}
      </p>
    </footer>
  );
}
