import { getViewer } from '@/features/people/viewer';
import { readSeen } from '@/features/xray/queries';
import { currentVisitor } from '@/features/xray/visitor';
import { toOtlp } from '@/lib/observe/otlp';

/** What was seen of one request, as OpenTelemetry's JSON. */
export async function GET(_request: Request, { params }: RouteContext<'/xray/[trace]/otlp'>) {
  const { trace } = await params;
  const viewer = await getViewer();
  const seen = await readSeen(viewer, await currentVisitor(), trace);
  if (!seen) return new Response(null, { status: 404 });
  const all = seen.rendering ? [seen.observation, seen.rendering] : [seen.observation];
  return Response.json(toOtlp(all), {
    headers: {
      'cache-control': 'private, no-store',
      'content-disposition': `attachment; filename="trace-${seen.observation.trace.id}.json"`,
    },
  });
}
