import { getPerson } from '@/features/people/viewer';
import { position } from '@/features/reading/schema';
import { keepPosition } from '@/features/reading/write';

const BODY_MAX = 200;

/** What the page says of how far its reader has come. Nobody waits for the answer. */
export async function POST(request: Request): Promise<Response> {
  const viewer = await getPerson();
  if (!viewer) return answer(403);
  if (Number(request.headers.get('content-length') ?? BODY_MAX + 1) > BODY_MAX) return answer(413);
  const read = position.safeParse(parse(await request.text()));
  if (!read.success) return answer(422);
  await keepPosition(viewer, read.data.note, read.data.position);
  return answer(204);
}

const answer = (status: number): Response => new Response(null, { status, headers: { 'cache-control': 'no-store' } });

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
