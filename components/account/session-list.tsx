import type { SessionLine } from '@/features/people/sessions-list';
import { readAgent } from '@/lib/http/agent';
import { accountPageWords } from '@/lib/language/account-pages';
import { momentIn } from '@/lib/language/moment';
import type { InterfaceLanguage } from '@/lib/language/words';

type Props = {
  sessions: SessionLine[];
  language: InterfaceLanguage;
  timeZone: string | null;
  /** The list is the page, inside a form: each session but this one has a button that ends it. */
  ends?: boolean;
};

/** Where somebody is signed in. */
export function SessionList({ sessions, language, timeZone, ends }: Props) {
  const { sessions: words } = accountPageWords(language);
  const Heading = ends ? 'h2' : 'h3';
  const at = (iso: string) => <time dateTime={iso}>{momentIn(iso, language, timeZone)}</time>;
  return (
    <ul className="lines">
      {sessions.map((session) => (
        <li key={session.id} className="line" data-current={session.current || undefined}>
          <div className="line-text">
            <Heading className="line-title">
              {deviceName(session.agent, words)}
              {session.current && <span className="mark-current">{words.current}</span>}
            </Heading>
            <dl className="facts">
              <Fact term={words.seen}>{at(session.seenAt)}</Fact>
              <Fact term={words.started}>{at(session.startedAt)}</Fact>
              {session.address && <Fact term={words.address}>{session.address}</Fact>}
            </dl>
          </div>
          {ends && !session.current && (
            <button
              type="submit"
              name="session"
              value={session.id}
              className="button button-plain"
              aria-label={words.endOf(deviceName(session.agent, words))}
            >
              {words.end}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

function Fact({ term, children }: { term: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function deviceName(agent: string | null, words: ReturnType<typeof accountPageWords>['sessions']): string {
  const { browser, system } = readAgent(agent);
  if (browser && system) return words.device(browser, system);
  return browser ?? system ?? words.unknown;
}
