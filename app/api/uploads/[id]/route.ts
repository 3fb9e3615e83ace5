import { currentLanguage, getViewer } from '@/features/people/viewer';
import { cancelUpload, receive, standingOf } from '@/features/uploads/receive';
import { takeTurn } from '@/features/uploads/turns';
import {
  readOffset,
  respondMissing,
  respondOptions,
  respondRemoved,
  respondStanding,
  respondUnread,
} from '@/features/uploads/tus';
import { incomingBody } from '@/lib/http/exchange';

type Context = { params: Promise<{ id: string }> };

export const OPTIONS = respondOptions;

/** How far an upload is: where the next bytes go. */
export async function HEAD(_request: Request, { params }: Context): Promise<Response> {
  const { id } = await params;
  const [viewer, language] = await Promise.all([getViewer(), currentLanguage()]);
  return takeTurn(viewer, language, async () => respondStanding(await standingOf(viewer, id), 'HEAD', language));
}

/** More bytes of an upload. */
export async function PATCH(request: Request, { params }: Context): Promise<Response> {
  const { id } = await params;
  const [viewer, language] = await Promise.all([getViewer(), currentLanguage()]);
  const offset = readOffset(request.headers);
  if (offset === null) return viewer.kind === 'person' ? respondUnread() : respondMissing();
  const source = incomingBody();
  const work = async () => respondStanding(await receive(viewer, id, { offset, source }), 'PATCH', language);
  return takeTurn(viewer, language, work, source);
}

/** Ends an upload before it is whole. */
export async function DELETE(_request: Request, { params }: Context): Promise<Response> {
  const { id } = await params;
  return (await cancelUpload(await getViewer(), id)) ? respondRemoved() : respondMissing();
}
