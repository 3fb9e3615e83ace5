import { look } from '@/app/(people)/xray/look';
import { absolute } from '@/app/address';
import { currentLanguage } from '@/features/people/viewer';
import { xrayWords } from '@/lib/language/xray';

export const instant = false;

export async function generateMetadata() {
  return {
    title: xrayWords(await currentLanguage()).heading,
    robots: { index: false },
    alternates: { canonical: absolute('/xray') },
  };
}

/** `/xray/of/{address}`: the X-ray of a page that a lesson points at. */
export default async function Page({ params }: PageProps<'/xray/of/[...path]'>) {
  return look(`/${(await params).path.join('/')}`);
}
