import { headers } from 'next/headers';
import { XrayHome } from '@/app/(people)/xray/home';
import { leadTo } from '@/app/elsewhere';
import { countUse } from '@/features/people/throttle';
import { currentDevice, currentLanguage, getViewer } from '@/features/people/viewer';
import { xrayOfPage } from '@/features/xray/visitor';
import { answerWith } from '@/lib/http/exchange';
import { addressToCount } from '@/lib/http/network';
import { xrayWords } from '@/lib/language/xray';

export const instant = false;

const LOOKS = 40;
const SPAN_SECONDS = 60;

export async function generateMetadata() {
  return { title: xrayWords(await currentLanguage()).heading, robots: { index: false } };
}

/** The X-ray of the page whose link was followed: it is the same for everyone, so the browser has to say which. */
export default async function Page({ searchParams }: PageProps<'/xray/here'>) {
  const [viewer, { of }] = await Promise.all([getViewer(), searchParams]);
  const path = typeof of === 'string' ? ownPath(of, '') : await cameFrom();
  if (path === null) return <XrayHome />;
  const wait = await countUse(viewer, `xray:${addressToCount((await currentDevice()).address)}`, LOOKS, SPAN_SECONDS);
  if (wait > 0) {
    answerWith(429, { 'retry-after': String(wait) });
    return <XrayHome problem={xrayWords(await currentLanguage()).wait(wait)} />;
  }
  const href = await xrayOfPage(viewer, path);
  return href === null ? <XrayHome /> : leadTo(href);
}

async function cameFrom(): Promise<string | null> {
  const list = await headers();
  return ownPath(list.get('referer') ?? '', list.get('host') ?? '');
}

/** A path of this site that can be asked for again: asking an X-ray for itself shows nothing. */
function ownPath(address: string, host: string): string | null {
  const base = `http://${host || 'own.invalid'}`;
  if (!URL.canParse(address, base)) return null;
  const url = new URL(address, base);
  if (address === '' || url.host !== new URL(base).host) return null;
  return /^\/(?:xray|api|signout|setup|s|files)(?:\/|$)/.test(url.pathname) ? null : url.pathname + url.search;
}
