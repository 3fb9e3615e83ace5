import type { Line } from '@/features/xray/queries';
import type { InterfaceLanguage } from '@/lib/language/words';
import { xrayWords } from '@/lib/language/xray';

type Props = { lines: Line[]; title: string; language: InterfaceLanguage };

/** Requests that can be looked at, the latest first. */
export function SeenList({ lines, title, language }: Props) {
  const words = xrayWords(language);
  if (lines.length === 0) return null;
  return (
    <section aria-labelledby="seen">
      <h2 id="seen">{title}</h2>
      <ul className="xray-seen">
        {lines.map((line) => (
          <li key={line.href}>
            <a href={line.href}>
              <time dateTime={line.at}>{line.at.slice(11, 19)}</time>{' '}
              <code>
                {line.method} {line.path}
              </code>{' '}
              {line.status} · {words.ms(line.ms)}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
