import type { Invitation } from '@/features/people/invitations';
import { momentIn } from '@/lib/language/moment';
import { studioWords } from '@/lib/language/studio';
import type { InterfaceLanguage } from '@/lib/language/words';

type Props = { invitations: Invitation[]; language: InterfaceLanguage; timeZone: string | null };

/** The invitations that nobody has used, each with buttons for a new link and to take it back; inside a form. */
export function InvitationList({ invitations, language, timeZone }: Props) {
  const { invite: words, role } = studioWords(language);
  return (
    <ul className="lines">
      {invitations.map(({ id, email, groups, expired, expiresAt, ...each }) => (
        <li key={id} className="line">
          <div className="line-text">
            <h3 className="line-title">
              {email}
              {expired && <span className="mark-warn">{words.expired}</span>}
            </h3>
            <dl className="facts">
              <div>
                <dt>{words.role}</dt>
                <dd>{role[each.role]}</dd>
              </div>
              {groups.length > 0 && (
                <div>
                  <dt>{words.groups}</dt>
                  <dd>{groups.join(', ')}</dd>
                </div>
              )}
              {!expired && (
                <div>
                  <dt>{words.expires}</dt>
                  <dd>{momentIn(expiresAt, language, timeZone)}</dd>
                </div>
              )}
            </dl>
          </div>
          <p className="actions">
            <button
              type="submit"
              name="renew"
              value={id}
              className="button button-plain"
              aria-label={words.renewOf(email)}
            >
              {words.renew}
            </button>
            <button
              type="submit"
              name="withdraw"
              value={id}
              className="button button-danger"
              aria-label={words.withdrawOf(email)}
            >
              {words.withdraw}
            </button>
          </p>
        </li>
      ))}
    </ul>
  );
}
