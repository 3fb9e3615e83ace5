import { type InterfaceLanguage, wordsFor } from '@/lib/language/words';
import type { Visit } from '../making';
import { Reader } from '../reader/reader';
import { SiteHeader } from './site-header';

/** The same answer for what does not exist and for what the visitor may not see. */
export function MissingPage({ language, visit = null }: { language: InterfaceLanguage; visit?: Visit | null }) {
  const { missing, copy } = wordsFor(language);
  return (
    <div className="home missing">
      <SiteHeader language={language} visit={visit} />
      <main id="text">
        <Shutter />
        <h1>{missing.heading}</h1>
        <p className="lead">{missing.reasons}</p>
        <ul>
          <li>{missing.misspelt}</li>
          <li>{missing.moved}</li>
          <li>{missing.notPublic}</li>
        </ul>
        <p>
          <a className="button" href="/">
            {missing.home}
          </a>{' '}
          {visit === null && <a href="/signin">{missing.signIn}</a>}
        </p>
      </main>
      <Reader copy={copy.label} copied={copy.done} language={language} />
    </div>
  );
}

/** A shop with its shutter down. */
function Shutter() {
  const slats = Array.from({ length: 9 }, (_, i) => 22 + i * 9);
  return (
    <svg className="shutter" viewBox="0 0 160 120" aria-hidden="true" focusable="false">
      <path className="shutter-frame" d="M20 112V16h120v96M8 112h144" />
      {slats.map((y) => (
        <path key={y} className="shutter-slat" d={`M26 ${y}h108`} />
      ))}
      <circle className="shutter-lock" cx="80" cy="104" r="3" />
    </svg>
  );
}
