import type { NextRequest } from 'next/server';
import { comeBack, findProvider, leaveFor } from '@/features/people/oauth';

/** The way to another site that knows who somebody is, and back from it. */
export async function GET(
  request: NextRequest,
  { params }: RouteContext<'/api/auth/[...nextauth]'>,
): Promise<Response> {
  const { nextauth } = await params;
  const [step, id, ...more] = nextauth;
  const provider = more.length === 0 ? findProvider(id) : null;
  if (provider && step === 'signin') {
    // Only from a page of this site: nobody is signed in by following somebody else's link
    const from = request.headers.get('sec-fetch-site');
    if (from !== null && from !== 'same-origin')
      return new Response(null, { status: 303, headers: { location: '/signin' } });
    return leaveFor(provider, request.nextUrl.searchParams.get('to') ?? '/');
  }
  if (provider && step === 'callback') return comeBack(provider, request);
  return new Response('Not found\n', {
    status: 404,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  });
}
