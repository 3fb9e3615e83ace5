import { timingSafeEqual } from 'node:crypto';
import { revalidateTag } from 'next/cache';
import { z } from 'zod';

const body = z.object({ tags: z.array(z.string().min(1).max(256)).max(10_000) });

/** Our own server calls it over loopback when something was published, because only a request can expire tags. */
export async function POST(request: Request) {
  if (!knowsSecret(request.headers.get('x-internal-secret'))) return new Response(null, { status: 404 });
  const parsed = body.safeParse(await request.json().catch(() => null));
  if (!parsed.success) return new Response(null, { status: 400 });
  for (const tag of parsed.data.tags) revalidateTag(tag, { expire: 0 });
  return Response.json({ expired: parsed.data.tags.length });
}

function knowsSecret(given: string | null): boolean {
  const secret = Buffer.from(process.env.INTERNAL_SECRET ?? '');
  const candidate = Buffer.from(given ?? '');
  return secret.length > 0 && secret.length === candidate.length && timingSafeEqual(secret, candidate);
}
