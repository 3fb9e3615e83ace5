import type { Element, Nodes } from 'hast';
import { raw } from 'hast-util-raw';
import { visit } from 'unist-util-visit';

/** What a browser makes of HTML. */
export function readHtml(html: string): Nodes {
  return raw({ type: 'root', children: [{ type: 'raw', value: html }] });
}

const FORBIDDEN =
  /^(?:script|style|object|embed|applet|base|meta|link|form|button|textarea|template|foreignobject|use|animate|set|image)$/i;
const ADDRESSES = new Set([
  'href',
  'src',
  'action',
  'formAction',
  'xLinkHref',
  'data',
  'srcSet',
  'poster',
  'background',
  'cite',
]);

/** Whatever in this HTML could run, load or restyle something; for tests. */
export function dangersIn(html: string): string[] {
  const found: string[] = [];
  visit(readHtml(html), 'element', (node: Element) => {
    if (FORBIDDEN.test(node.tagName)) found.push(`<${node.tagName}>`);
    if (node.tagName === 'iframe' && !String(node.properties.src).startsWith('/f/')) found.push('iframe');
    for (const [name, value] of Object.entries(node.properties)) {
      if (/^on/i.test(name) || name === 'style' || name === 'srcDoc') found.push(`${name}=${value}`);
      if (ADDRESSES.has(name) && !/^(?:https?:\/\/|mailto:|tel:|\/|#)/.test(String(value)))
        found.push(`${name}=${value}`);
    }
  });
  return found;
}

/** Attacks that everyone tries. */
export const wellKnown = [
  '<a href="java\tscript:x()">a</a>',
  '<a href="&#106;avascript:x()">a</a>',
  '<a href=" \u0001javascript:x()">a</a>',
  '[a](java&#10;script:x())',
  '[a](JaVaScRiPt&colon;x())',
  '[a](data:text/html;base64,PHNjcmlwdD4=)',
  '[a](vbscript:x())',
  '<svg><script>x()</script></svg>',
  '<svg><animate onbegin=x() attributeName=x></svg>',
  '<math><mtext><table><mglyph><style><img src=x onerror=x()></style></mglyph></table></mtext></math>',
  '<noscript><p title="</noscript><img src=x onerror=x()>">',
  '<style>@import "https://example.org/x.css"; * { background: url(https://example.org) }</style>',
  '<form action="https://example.org"><input name=password><button formaction="javascript:x()">a</button></form>',
  '<base href="https://example.org/">',
  '<meta http-equiv="refresh" content="0;url=https://example.org">',
  '<object data="https://example.org"></object><embed src="https://example.org">',
  '<iframe srcdoc="<script>x()</script>"></iframe>',
  '<details open ontoggle=x()>',
  '<video><source onerror=x()></video><audio src="javascript:x()">',
  '<img srcset="https://example.org/x 1x" src="javascript:x()">',
  '<template><img src=x onerror=x()></template>',
  '<xmp><img src=x onerror=x()></xmp>',
  '<textarea></textarea><img src=x onerror=x()>',
  '<table><a href="javascript:x()"><tr><td><img src=x onerror=x()>',
  '<p style="position:fixed;inset:0;background:url(https://example.org)" class="fixed inset-0">a',
  '<div id="location" name="cookie">a</div>',
  '<b <script>x()</script>',
  '<img """><script>x()</script>">',
  '<<script>x()//<</script>',
];
