import { cookies } from 'next/headers';
import { answerDownload } from '@/features/files/answer';
import { respond, respondMissing } from '@/features/files/respond';
import { getViewer } from '@/features/people/viewer';
import { redemptionCookie } from '@/features/shares/cookie';
import { findShare, findSharedFile } from '@/features/shares/queries';
import { noteRefusedShare } from '@/features/shares/refusals';

type Context = { params: Promise<{ token: string; name: string }> };

/** A shared file, or one of a shared note, for whoever carries a redemption of its link; everyone else is led to the link's page. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { token } = await params;
  const viewer = await getViewer();
  const shared = await findShare(viewer, token);
  if (!shared) return respondMissing();
  const carried = (await cookies()).get(redemptionCookie(shared.id).name)?.value;
  const { searchParams } = new URL(request.url);
  const file = carried ? await findSharedFile(viewer, shared.id, carried, searchParams.get('id')) : null;
  const { method, headers } = request;
  if (!file) {
    const { id, state } = shared;
    if (state === 'open') return leadTo(`/s/${token}`);
    if (method === 'GET') await noteRefusedShare(viewer, id, state, headers.get('x-trastienda-address') ?? '');
    return new Response(null, { status: 410, headers: { 'cache-control': 'no-store' } });
  }
  const { redemptionId } = file;
  const link = { shareId: shared.id, redemptionId };
  const answer = await answerDownload(viewer, file, {
    method,
    headers,
    inline: searchParams.has('inline'),
    visitor: redemptionId,
    link,
  });
  return respond({ ...answer, headers: { ...answer.headers, 'cache-control': 'private, no-store, no-transform' } });
}

export const HEAD = GET;

function leadTo(location: string): Response {
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } });
}
