import type { ReactNode } from 'react';
import type { InterfaceLanguage } from '@/lib/language/words';
import { lessonHref, type Part, type XrayWords } from '@/lib/language/xray';
import type { Named } from '@/lib/observe/observation';

type Props = {
  part: Part;
  title: string;
  lead: string;
  language: InterfaceLanguage;
  words: XrayWords;
  children: ReactNode;
};

/** One part of an X-ray: in plain words first, with the lesson that explains it. */
export function Section({ part, title, lead, language, words, children }: Props) {
  return (
    <section className="xray-part" aria-labelledby={`xray-${part}`}>
      <h2 id={`xray-${part}`}>{title}</h2>
      <p className="said">
        {lead} <a href={lessonHref(part, language)}>{words.learn}</a>
      </p>
      {children}
    </section>
  );
}

/** Names and values; a value that was not written down says so. */
export function Names({ named, words }: { named: readonly Named[]; words: XrayWords }) {
  if (named.length === 0) return <p>{words.none}</p>;
  return (
    <dl className="xray-names">
      {named.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value ?? <i>{words.hidden}</i>}</dd>
        </div>
      ))}
    </dl>
  );
}
