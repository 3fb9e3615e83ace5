import { MODES } from '@/lib/compare/measured';
import { measureWords } from '@/lib/language/measure';
import { type InterfaceLanguage, wordsFor } from '@/lib/language/words';
import { ModeBadge } from '../ui/mode-badge';

/** A recorded run: which modes still answer when PostgreSQL does not. */
export function WithoutDatabase({ language, lead }: { language: InterfaceLanguage; lead?: string }) {
  const { down } = measureWords(language);
  const names = wordsFor(language).mode;
  return (
    <section className="down" aria-labelledby="down">
      <h2 id="down">{down.title}</h2>
      {lead && <p className="said">{lead}</p>}
      <p className="said">{down.lead}</p>
      <ul>
        {MODES.map((mode) => (
          <li key={mode}>
            <ModeBadge mode={mode} label={names[mode]} /> {down.answers[mode]}
          </li>
        ))}
      </ul>
    </section>
  );
}
