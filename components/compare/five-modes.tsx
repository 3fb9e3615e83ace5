import { MODES } from '@/lib/compare/measured';
import { compareWords } from '@/lib/language/compare';
import { measureWords } from '@/lib/language/measure';
import { type InterfaceLanguage, wordsFor } from '@/lib/language/words';
import { ModeTimeline } from '../chart/mode-timeline';
import { ModeBadge } from '../ui/mode-badge';
import { CodeWords } from './code-words';

/** What the five modes are, when each fits and who works when. */
export function FiveModes({ language }: { language: InterfaceLanguage }) {
  const { modes } = compareWords(language);
  const words = measureWords(language);
  const names = wordsFor(language).mode;
  return (
    <ol className="five">
      {MODES.map((mode) => (
        <li key={mode} id={mode} data-mode={mode}>
          <div className="five-words">
            <h2>
              <ModeBadge mode={mode} label={names[mode]} />
            </h2>
            <p className="lead">{modes[mode].short}</p>
            <p>{modes[mode].how}</p>
            <dl>
              <dt>{words.fits}</dt>
              <dd>{modes[mode].fits}</dd>
              <dt>{words.not}</dt>
              <dd>{modes[mode].not}</dd>
              <dt>{words.proof}</dt>
              <dd>
                <CodeWords text={modes[mode].proof} />
              </dd>
            </dl>
          </div>
          <ModeTimeline mode={mode} name={names[mode]} words={words} />
        </li>
      ))}
    </ol>
  );
}
