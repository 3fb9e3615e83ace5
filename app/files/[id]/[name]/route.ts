import { type Answer, answerDownload } from '@/features/files/answer';
import { findDownload } from '@/features/files/queries';
import { readForm } from '@/features/files/variants';
import { getViewer } from '@/features/people/viewer';
import { answerWithBody } from '@/lib/http/exchange';

type Context = { params: Promise<{ id: string; name: string }> };

const NOT_FOUND = 'Not found\n';
const MISSING: Answer = {
  status: 404,
  headers: {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-length': String(NOT_FOUND.length),
  },
  body: null,
};

/** A file for whoever may read it. The name is for people; the id decides. Unknown and forbidden are one answer. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { id } = await params;
  const { searchParams } = new URL(request.url);
  const viewer = await getViewer();
  const file = await findDownload(viewer, id, readForm(searchParams));
  if (!file) return respond(MISSING, NOT_FOUND);
  const visitor = viewer.kind === 'person' ? viewer.id : (request.headers.get('x-trastienda-address') ?? '');
  const { method, headers } = request;
  return respond(await answerDownload(viewer, file, { method, headers, inline: searchParams.has('inline'), visitor }));
}

export const HEAD = GET;

function respond({ status, headers, body }: Answer, text: string | null = null): Response {
  if (body) answerWithBody(body);
  return new Response(text, { status, headers });
}
