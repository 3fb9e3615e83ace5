import type { OfferedVault } from '@/features/compare/queries';
import { measureWords } from '@/lib/language/measure';
import { type InterfaceLanguage, wordsFor } from '@/lib/language/words';
import type { Making } from '../making';
import { PageFooter } from '../page-footer';
import { Counter } from '../site/counter';
import { FiveModes } from './five-modes';
import { NotePicker } from './note-picker';
import { WithoutDatabase } from './without-database';

type Props = { vaults: OfferedVault[]; language: InterfaceLanguage; making: Making };

/** `/compare`: the five ways, and the notes to try them on. */
export function CompareHome({ vaults, language, making }: Props) {
  const words = measureWords(language);
  const { site, made } = wordsFor(language);
  return (
    <Counter language={language} visit={making.visit} title={words.title} lead={words.lead} wide>
      <FiveModes language={language} />
      <WithoutDatabase language={language} />
      <NotePicker vaults={vaults} language={language} />
      <PageFooter
        vault={{ language, chrome: language }}
        how={making.mode === 'static' ? site.made : made.listNow(making.visit !== null)}
        making={making}
      />
    </Counter>
  );
}
