import type { Metadata } from 'next';
import { type Asked, one } from '@/app/(people)/studio/asked';
import { visitOf } from '@/app/visit';
import { AccountFrame } from '@/components/account/account-frame';
import { DownloadList } from '@/components/downloads/download-list';
import { DOWNLOADS_PAGE, listOwnDownloads } from '@/features/downloads/queries';
import { currentLanguage } from '@/features/people/viewer';
import { accountPageWords } from '@/lib/language/account-pages';
import { downloadWords } from '@/lib/language/downloads';
import { knownZone } from '@/lib/language/moment';
import { ownAccount } from '../own';

export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  return { title: downloadWords(await currentLanguage()).own, robots: { index: false } };
}

export default async function Page({ searchParams }: { searchParams: Asked }) {
  const [own, asked] = await Promise.all([ownAccount('/account/downloads'), searchParams]);
  if (!own) return null;
  const { viewer, language } = own;
  const before = Number(one(asked.before));
  const from = Number.isSafeInteger(before) && before > 0 ? before : undefined;
  const entries = await listOwnDownloads(viewer, from);
  const last = entries.length === DOWNLOADS_PAGE ? entries.at(-1) : undefined;
  const words = downloadWords(language);
  const { sessions } = accountPageWords(language);
  return (
    <AccountFrame language={language} visit={visitOf(viewer)} page="downloads" lead={words.ownLead}>
      <DownloadList entries={entries} language={language} timeZone={viewer.timeZone} />
      <p className="actions">
        {from !== undefined && (
          <a className="button button-plain" href="/account/downloads">
            {words.latest}
          </a>
        )}
        {last && (
          <a className="button button-plain" rel="next" href={`/account/downloads?before=${last.id}`}>
            {words.more}
          </a>
        )}
      </p>
      <p className="field-hint">{sessions.zone(knownZone(viewer.timeZone))}</p>
    </AccountFrame>
  );
}
