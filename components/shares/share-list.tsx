import type { ShareRow } from '@/features/shares/queries';
import { momentIn } from '@/lib/language/moment';
import { shareWords } from '@/lib/language/shares';
import type { InterfaceLanguage } from '@/lib/language/words';

type Props = { shares: ShareRow[]; language: InterfaceLanguage; timeZone: string | null };

/** The links there are, with their state, each open one with a button that closes it; inside a form. */
export function ShareList({ shares, language, timeZone }: Props) {
  const words = shareWords(language);
  const { make } = words;
  return (
    <ul className="lines">
      {shares.map(({ id, name, vault, href, remark, state, used, maxUses, expiresAt }) => (
        <li key={id} className="line">
          <div className="line-text">
            <h3 className="line-title">
              {name}
              {state !== 'open' && <span className="mark-warn">{make.state[state]}</span>}
            </h3>
            <p>
              /{vault}
              {remark && ` · ${remark}`} · {make.used(used, maxUses)} ·{' '}
              {words.until(momentIn(expiresAt.toISOString(), language, timeZone))}
            </p>
            {state === 'open' && (
              <p>
                <a href={href}>{make.label}</a>
              </p>
            )}
          </div>
          {state === 'open' && (
            <p className="actions">
              <button
                type="submit"
                name="close"
                value={id}
                className="button button-danger"
                aria-label={make.closeOf(name)}
              >
                {make.close}
              </button>
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
