import type { ReactNode } from 'react';
import { type InterfaceLanguage, wordsFor } from '@/lib/language/words';
import type { Visit } from '../making';
import { Reader } from '../reader/reader';
import { SiteHeader } from './site-header';

type Props = {
  language: InterfaceLanguage;
  visit: Visit | null;
  title: string;
  lead?: string;
  /** Wide for lists and tables. */
  wide?: boolean;
  children: ReactNode;
};

/** A page where something is asked or done: the shop's counter. */
export function Counter({ language, visit, title, lead, wide, children }: Props) {
  const { copy } = wordsFor(language);
  return (
    <div className={wide ? 'counter counter-wide' : 'counter'}>
      <SiteHeader language={language} visit={visit} />
      <main id="text">
        <header className="title">
          <h1>{title}</h1>
          {lead && <p className="lead">{lead}</p>}
        </header>
        {children}
      </main>
      <Reader copy={copy.label} copied={copy.done} language={language} />
    </div>
  );
}
