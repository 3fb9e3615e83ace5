import { decodePath } from '@/app/address';
import { anonymous } from '@/features/access/viewer';
import { readPreview } from '@/features/notes/queries';

export async function GET(_: Request, { params }: RouteContext<'/[vault]/-/preview/[[...path]]'>) {
  const { vault, path } = await params;
  const address = decodePath(path);
  const preview = address === null ? null : await readPreview(anonymous, vault, address);
  if (!preview) return new Response(null, { status: 404 });
  return Response.json(preview, { headers: { 'x-page-store': 'keep' } });
}
