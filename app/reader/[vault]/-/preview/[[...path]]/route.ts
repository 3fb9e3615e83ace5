import { decodePath } from '@/app/address';
import { readPreview } from '@/features/notes/queries';
import { getViewer } from '@/features/people/viewer';

export async function GET(_: Request, { params }: RouteContext<'/reader/[vault]/-/preview/[[...path]]'>) {
  const { vault, path } = await params;
  const address = decodePath(path);
  const preview = address === null ? null : await readPreview(await getViewer(), vault, address);
  const headers = { 'cache-control': 'private, no-store' };
  return preview ? Response.json(preview, { headers }) : new Response(null, { status: 404, headers });
}
