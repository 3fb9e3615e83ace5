import { answerDownload } from '@/features/files/answer';
import { findDownload, findVersion } from '@/features/files/queries';
import { respond, respondMissing } from '@/features/files/respond';
import { readForm } from '@/features/files/variants';
import { getViewer } from '@/features/people/viewer';

type Context = { params: Promise<{ id: string; name: string }> };

/** A file for whoever may read it. The name is for people; the id decides. Unknown and forbidden are one answer. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { id } = await params;
  const { searchParams } = new URL(request.url);
  const viewer = await getViewer();
  const version = searchParams.get('version');
  const file = version
    ? await findVersion(viewer, id, version)
    : await findDownload(viewer, id, readForm(searchParams));
  if (!file) return respondMissing();
  const visitor = viewer.kind === 'person' ? viewer.id : (request.headers.get('x-trastienda-address') ?? '');
  const { method, headers } = request;
  return respond(await answerDownload(viewer, file, { method, headers, inline: searchParams.has('inline'), visitor }));
}

export const HEAD = GET;
