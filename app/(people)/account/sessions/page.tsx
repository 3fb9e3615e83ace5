import type { Metadata } from 'next';
import { visitOf } from '@/app/visit';
import { AccountFrame } from '@/components/account/account-frame';
import { SessionList } from '@/components/account/session-list';
import { RowForm } from '@/components/form/row-form';
import { endOwnSessions } from '@/features/people/account/actions';
import { listSessions } from '@/features/people/sessions-list';
import { currentLanguage } from '@/features/people/viewer';
import { accountPageWords } from '@/lib/language/account-pages';
import { knownZone } from '@/lib/language/moment';
import { ownAccount } from '../own';

export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  return { title: accountPageWords(await currentLanguage()).sessions.title, robots: { index: false } };
}

export default async function Page() {
  const own = await ownAccount('/account/sessions');
  if (!own) return null;
  const { viewer, language } = own;
  const sessions = await listSessions(viewer);
  const { sessions: words } = accountPageWords(language);
  return (
    <AccountFrame language={language} visit={visitOf(viewer)} page="sessions" lead={words.lead}>
      <RowForm id="sessions" action={endOwnSessions}>
        <SessionList sessions={sessions} language={language} timeZone={viewer.timeZone} ends />
        {sessions.length > 1 ? (
          <p>
            <button type="submit" name="session" value="others" className="button">
              {words.endOthers}
            </button>
          </p>
        ) : (
          <p className="empty">{words.alone}</p>
        )}
      </RowForm>
      <p className="field-hint">{words.zone(knownZone(viewer.timeZone))}</p>
    </AccountFrame>
  );
}
