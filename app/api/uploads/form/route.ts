import { isAllowed } from '@/features/access/allowed';
import { currentLanguage, getViewer } from '@/features/people/viewer';
import { receiveForm } from '@/features/uploads/form';
import { takeTurn } from '@/features/uploads/turns';
import { respondMissing, respondUnread } from '@/features/uploads/tus';
import { incomingBody } from '@/lib/http/exchange';

/** Files sent by a plain form; leads on to the page that tells what became of each. */
export async function POST({ headers }: Request): Promise<Response> {
  const [viewer, language] = await Promise.all([getViewer(), currentLanguage()]);
  if (!(await isAllowed(viewer, 'file.manage'))) return respondMissing();
  const length = Number(headers.get('content-length') ?? Number.MAX_SAFE_INTEGER);
  const source = incomingBody();
  const work = async () => {
    const sent = await receiveForm(viewer, headers.get('content-type') ?? '', length, source);
    if (!sent) return respondUnread();
    const asked = new URLSearchParams({ ...(sent.files > 0 ? { batch: sent.batch } : { none: '' }) });
    if (sent.more) asked.set('more', '');
    const kept = ['vault', 'folder'].flatMap((name) => [[name, sent.fields.get(name)?.slice(0, 200) ?? '']]);
    for (const [name, value] of kept) if (name && value) asked.set(name, value);
    const location = `/studio/files/upload?${asked}`;
    return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } });
  };
  return takeTurn(viewer, language, work, source);
}
