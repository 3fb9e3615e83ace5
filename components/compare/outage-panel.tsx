import { type Measured, type Rehearsal, summarise, valuesOf } from '@/lib/compare/measured';
import { formatNumber } from '@/lib/language/format';
import { type WhatIfWords, whatIfWords } from '@/lib/language/what-if';
import { type InterfaceLanguage, wordsFor } from '@/lib/language/words';
import { ModeBadge } from '../ui/mode-badge';
import { ScrollingTable } from '../ui/scrolling';
import { OutageForm } from './outage-form';
import { WithoutDatabase } from './without-database';

type Props = {
  page: string;
  seconds: number;
  /** Null for whoever is no owner. */
  owner: { here: boolean; last: Rehearsal | null } | null;
  language: InterfaceLanguage;
  action: Parameters<typeof OutageForm>[0]['action'];
};

/** Which modes stand without a database: tried by an owner where that harms nobody, recorded for everybody else. */
export function OutagePanel({ page, seconds, owner, language, action }: Props) {
  const { outage: words } = whatIfWords(language);
  if (!owner?.here) return <WithoutDatabase language={language} lead={owner ? words.elsewhere : undefined} />;
  return (
    <section className="what-if results" id="outage" aria-labelledby="outage-title">
      <h2 id="outage-title">{words.title}</h2>
      <p className="said">{words.lead(seconds)}</p>
      <p className="said">{words.here}</p>
      <OutageForm page={page} seconds={seconds} language={language} action={action} />
      {owner.last && <Result rehearsal={owner.last} language={language} words={words} />}
    </section>
  );
}

type ResultProps = { rehearsal: Rehearsal; language: InterfaceLanguage; words: WhatIfWords['outage'] };

function Result({ rehearsal, language, words }: ResultProps) {
  const names = wordsFor(language).mode;
  const { heads } = words;
  const { page, at, seconds, modes, backMs } = rehearsal;
  return (
    <>
      <h3>{words.result(at.slice(11, 19), seconds)}</h3>
      <p>
        {words.of} <a href={page}>{decodeURI(page)}</a>
      </p>
      <ul>
        {modes.map((measured) => (
          <li key={measured.mode} data-stands={fate(measured)}>
            <ModeBadge mode={measured.mode} label={names[measured.mode]} /> {words.said[fate(measured)]}
          </li>
        ))}
      </ul>
      <ScrollingTable label={words.result(at.slice(11, 19), seconds)}>
        <thead>
          <tr>
            {Object.entries(heads).map(([key, head]) => (
              <th key={key} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {modes.map((measured) => (
            <Row key={measured.mode} measured={measured} language={language} words={words} />
          ))}
        </tbody>
      </ScrollingTable>
      <p>
        {backMs === null ? words.lost : words.back(`${formatNumber(Math.max(1, Math.round(backMs)), language)} ms`)}
      </p>
    </>
  );
}

type RowProps = { measured: Measured; language: InterfaceLanguage; words: WhatIfWords['outage'] };

function Row({ measured, language, words }: RowProps) {
  const middle = (metric: 'firstByte' | 'complete') => {
    const sum = summarise(valuesOf(measured, metric));
    return sum ? `${formatNumber(Number(sum.median.toPrecision(3)), language)} ms` : '–';
  };
  const is = fate(measured);
  return (
    <tr>
      <th scope="row">
        <ModeBadge mode={measured.mode} label={wordsFor(language).mode[measured.mode]} />
      </th>
      <td>{measured.status || '–'}</td>
      <td>{is === 'whole' ? words.came : is === 'part' ? words.never : words.no}</td>
      <td>{middle('firstByte')}</td>
      <td>{middle('complete')}</td>
      <td>{measured.runs.length}</td>
    </tr>
  );
}

/** How a mode fared. */
function fate({ status, runs }: Measured): keyof WhatIfWords['outage']['said'] {
  if (runs.length === 0) return 'none';
  if (status !== 200) return 'refused';
  return runs.every(({ content }) => content !== null) ? 'whole' : 'part';
}
