/** A browser in words, as far as it says what it is; null for what it does not say. */
export type Agent = { browser: string | null; system: string | null };

/** Looked for in this order: those further down are named by those above too. */
const BROWSERS: [RegExp, string][] = [
  [/\b(?:Edg|EdgA|EdgiOS)\//, 'Edge'],
  [/\b(?:OPR|Opera)\b/, 'Opera'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bYaBrowser\//, 'Yandex'],
  [/\bDuckDuckGo\//, 'DuckDuckGo'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|Chromium|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bVersion\/[\d.]+.*Safari\//, 'Safari'],
  [/^curl\//, 'curl'],
];

const SYSTEMS: [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bLinux\b|\bX11\b/, 'Linux'],
];

/**
 * What a `user-agent` header says, by a few rules. It is what the browser says of itself, which may be anything: to
 * recognise one's own devices by, nothing more.
 */
export function readAgent(header: string | null): Agent {
  return { browser: firstOf(BROWSERS, header), system: firstOf(SYSTEMS, header) };
}

const firstOf = (rules: [RegExp, string][], header: string | null) =>
  rules.find(([pattern]) => pattern.test(header ?? ''))?.[1] ?? null;
