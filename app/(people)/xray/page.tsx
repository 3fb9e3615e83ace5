import { XrayHome } from '@/app/(people)/xray/home';
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

export default async function Page() {
  return <XrayHome />;
}
