import { ImageResponse } from 'next/og';
import { decodePath } from '@/app/address';
import { CARD_SIZE, PreviewCard } from '@/components/site/preview-card';
import { anonymous } from '@/features/access/viewer';
import { readPreview } from '@/features/notes/queries';
import { findVault } from '@/features/vaults/queries';
import { cardFonts } from './fonts';

/** The picture that stands for a page elsewhere; without a path, for the whole vault. */
export async function GET(_: Request, { params }: RouteContext<'/[vault]/-/og/[[...path]]'>) {
  const { vault: slug, path } = await params;
  const address = decodePath(path);
  const [vault, note] = await Promise.all([
    findVault(anonymous, slug),
    address === null ? null : readPreview(anonymous, slug, address),
  ]);
  if (!vault || (address && !note)) return new Response(null, { status: 404 });
  const card = <PreviewCard title={note?.title ?? vault.title} vault={vault.title} />;
  return new ImageResponse(card, {
    ...CARD_SIZE,
    fonts: await cardFonts(),
    headers: { 'x-page-store': 'keep', 'cache-control': 'public, max-age=0, must-revalidate' },
  });
}
