import { XrayHome } from '@/app/(people)/xray/home';
import { leadTo } from '@/app/elsewhere';
import { countUse } from '@/features/people/throttle';
import { currentDevice, currentLanguage, getViewer } from '@/features/people/viewer';
import { xrayOfPage } from '@/features/xray/visitor';
import { answerWith } from '@/lib/http/exchange';
import { addressToCount } from '@/lib/http/network';
import { xrayWords } from '@/lib/language/xray';

const LOOKS = 40;
const SPAN_SECONDS = 60;
/** Asking an X-ray for itself shows nothing; the others do something, or are no pages. */
const NOT_LOOKED_AT = /^\/(?:xray|api|signout|setup|s|files)(?:\/|$)/;

/** Asks for a page of this site once more as its visitor would, and leads to what was seen. */
export async function look(path: string | null) {
  if (path === null || NOT_LOOKED_AT.test(path)) return <XrayHome />;
  const viewer = await getViewer();
  const wait = await countUse(viewer, `xray:${addressToCount((await currentDevice()).address)}`, LOOKS, SPAN_SECONDS);
  if (wait > 0) {
    answerWith(429, { 'retry-after': String(wait) });
    return <XrayHome problem={xrayWords(await currentLanguage()).wait(wait)} />;
  }
  const href = await xrayOfPage(viewer, path);
  return href === null ? <XrayHome /> : leadTo(href);
}
