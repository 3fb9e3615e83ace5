import type { Metadata } from 'next';
import { visitOf } from '@/app/visit';
import { AccountFrame } from '@/components/account/account-frame';
import { ActionForm } from '@/components/form/action-form';
import { confirmSelf, deleteOwnAccount } from '@/features/people/account/actions';
import { confirmFields } from '@/features/people/account/answers';
import { mayLeave } from '@/features/people/account-delete';
import { currentLanguage } from '@/features/people/viewer';
import { accountWords } from '@/lib/language/account';
import { accountPageWords } from '@/lib/language/account-pages';
import { ownAccount } from '../own';

export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  return { title: accountPageWords(await currentLanguage()).data.title, robots: { index: false } };
}

export default async function Page() {
  const own = await ownAccount('/account/data');
  if (!own) return null;
  const { viewer, language } = own;
  const { data: words, confirm } = accountPageWords(language);
  const { working } = accountWords(language).form;
  const leave = await mayLeave(viewer);
  return (
    <AccountFrame language={language} visit={visitOf(viewer)} page="data">
      <h2>{words.exportTitle}</h2>
      <p className="said">{words.exportLead}</p>
      {viewer.confirmed ? (
        <p>
          <a className="button" href="/account/export" download>
            {words.exportSubmit}
          </a>
        </p>
      ) : (
        <>
          <p className="said">{confirm.lead}</p>
          <ActionForm
            id="confirm"
            action={confirmSelf}
            fields={confirmFields(viewer, language)}
            submit={confirm.submit}
            working={working}
          />
        </>
      )}
      <h2>{words.deleteTitle}</h2>
      <p className="said">{words.deleteLead}</p>
      <p className="said">{words.deleteStays}</p>
      {leave ? (
        <ActionForm
          id="delete"
          action={deleteOwnAccount}
          fields={confirmFields({ ...viewer, confirmed: false }, language)}
          submit={words.deleteSubmit}
          working={working}
          danger
        />
      ) : (
        <p className="said">
          <strong>{words.deleteLast}</strong>
        </p>
      )}
    </AccountFrame>
  );
}
