import { XRAY_HERE } from '@/features/xray/href';
import { interfaceLanguage } from '@/lib/language/words';
import { xrayWords } from '@/lib/language/xray';

/** At the foot of every page. A page made for one visitor knows its own request; the others let the browser say which. */
export function XrayLink({ language, href = XRAY_HERE }: { language: string; href?: string }) {
  return (
    <footer className="xray-foot">
      <a href={href} rel="nofollow">
        {xrayWords(interfaceLanguage(language)).link}
      </a>
    </footer>
  );
}
