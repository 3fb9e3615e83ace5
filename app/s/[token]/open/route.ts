import { cookies } from 'next/headers';
import type { Viewer } from '@/features/access/viewer';
import type { Reason } from '@/features/downloads/ledger';
import { respondMissing } from '@/features/files/respond';
import { TooBusy } from '@/features/people/passwords';
import type { Device } from '@/features/people/sessions';
import { currentDevice, getViewer } from '@/features/people/viewer';
import { redemptionCookie } from '@/features/shares/cookie';
import { findShare } from '@/features/shares/queries';
import { noteRefusedShare } from '@/features/shares/refusals';
import { type Redeemed, redeemShare } from '@/features/shares/write';

type Context = { params: Promise<{ token: string }> };

/** Uses a share link once, and leads on to what it opens; or back to its page, which says why not. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { token } = await params;
  const viewer = await getViewer();
  const shared = await findShare(viewer, token);
  if (!shared) return respondMissing();
  const page = `/s/${token}`;
  const device = await currentDevice();
  const refused = (reason: Reason) => noteRefusedShare(viewer, shared.id, reason, device.address ?? '');
  if (shared.state !== 'open') {
    await refused(shared.state);
    return leadTo(page);
  }
  const form = await request.formData().catch(() => null);
  const password = form?.get('password');
  const given = { id: shared.id, password: typeof password === 'string' ? password.slice(0, 256) : '' };
  const redeemed = await redeem(viewer, given, device);
  if (redeemed.as === 'wait') return leadTo(`${page}?wait=${redeemed.seconds}`);
  if (redeemed.as === 'wrong') {
    await refused('password');
    return leadTo(`${page}?wrong`);
  }
  if (redeemed.as === 'gone') {
    const now = await findShare(viewer, token);
    if (now && now.state !== 'open') await refused(now.state);
    return leadTo(page);
  }
  const { name, options } = redemptionCookie(shared.id);
  (await cookies()).set(name, redeemed.token, options);
  return leadTo(shared.kind === 'file' ? `${page}/file/${encodeURIComponent(shared.name)}` : `${page}/note`);
}

/** Who comes when too many passwords wait to be checked comes again. */
async function redeem(viewer: Viewer, given: { id: string; password: string }, device: Device): Promise<Redeemed> {
  try {
    return await redeemShare(viewer, given, device);
  } catch (error) {
    if (error instanceof TooBusy) return { as: 'wait', seconds: error.retrySeconds };
    throw error;
  }
}

function leadTo(location: string): Response {
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } });
}
