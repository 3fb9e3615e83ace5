import { create } from 'content-disposition';
import { exportAccount } from '@/features/people/account-export';
import { currentLanguage, getPerson } from '@/features/people/viewer';
import { accountPageWords } from '@/lib/language/account-pages';

const PRIVATE = { 'cache-control': 'private, no-store' };

/** All that is kept about the visitor, as one JSON file. Who has not shown their password lately is led to where it is asked. */
export async function GET(): Promise<Response> {
  const viewer = await getPerson();
  if (!viewer) return leadTo('/signin?to=%2Faccount%2Fdata');
  const found = await exportAccount(viewer);
  if (!found) return leadTo('/account/data');
  if (found.as === 'wait') {
    const { exportWait } = accountPageWords(await currentLanguage()).data;
    const headers = { ...PRIVATE, 'retry-after': String(found.seconds), 'content-type': 'text/plain; charset=utf-8' };
    return new Response(`${exportWait}\n`, { status: 429, headers });
  }
  const name = `trastienda-${found.data.exportedAt.slice(0, 10)}.json`;
  return new Response(`${JSON.stringify(found.data, null, 2)}\n`, {
    headers: { ...PRIVATE, 'content-type': 'application/json; charset=utf-8', 'content-disposition': create(name) },
  });
}

const leadTo = (location: string) => new Response(null, { status: 303, headers: { ...PRIVATE, location } });
