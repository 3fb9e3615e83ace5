import { headers } from 'next/headers';
import { look } from '@/app/(people)/xray/look';
import { absolute } from '@/app/address';
import { currentLanguage } from '@/features/people/viewer';
import { xrayWords } from '@/lib/language/xray';

export const instant = false;

export async function generateMetadata() {
  return {
    title: xrayWords(await currentLanguage()).heading,
    robots: { index: false },
    alternates: { canonical: absolute('/xray/here') },
  };
}

/** The X-ray of the page whose link was followed: it is the same for everyone, so the browser has to say which. */
export default async function Page() {
  const list = await headers();
  const [referrer, host] = [list.get('referer') ?? '', list.get('host')];
  if (!URL.canParse(referrer) || new URL(referrer).host !== host) return look(null);
  const { pathname, search } = new URL(referrer);
  return look(pathname + search);
}
