import type { ShareRow } from '@/features/shares/queries';
import { momentIn } from '@/lib/language/moment';
import { shareWords } from '@/lib/language/shares';
import type { InterfaceLanguage } from '@/lib/language/words';

type Props = {
  shares: ShareRow[];
  language: InterfaceLanguage;
  timeZone: string | null;
  /** Whether what was taken by each is open to whoever asks. */
  ledger: boolean;
};

/** The links there are, with their state, each open one with a button that closes it; inside a form. */
export function ShareList({ shares, language, timeZone, ledger }: Props) {
  const words = shareWords(language);
  const { make } = words;
  return (
    <ul className="lines">
      {shares.map(({ id, name, vault, href, remark, state, used, maxUses, expiresAt }) => (
        <li key={id} className="line">
          <div className="line-text">
            <h3 className="line-title">
              {name} <span className={state === 'open' ? 'mark-on' : 'mark-warn'}>{make.state[state]}</span>
            </h3>
            <p>
              /{vault}
              {remark && ` · ${remark}`} · {make.used(used, maxUses)} ·{' '}
              {words.until(momentIn(expiresAt.toISOString(), language, timeZone))}
            </p>
          </div>
          <p className="actions">
            {state === 'open' && href && (
              <a className="button button-plain" href={href} aria-label={make.linkTo(name)}>
                {make.label}
              </a>
            )}
            {ledger && (
              <a className="button button-plain" href={`/studio/downloads?link=${id}`} aria-label={make.takenOf(name)}>
                {make.taken}
              </a>
            )}
            {state === 'open' && (
              <button
                type="submit"
                name="close"
                value={id}
                className="button button-danger"
                aria-label={make.closeOf(name)}
              >
                {make.close}
              </button>
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}
