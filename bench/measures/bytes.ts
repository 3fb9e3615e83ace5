import path from 'node:path';
import { addressesOf } from '../addresses';
import type { Line, Measure } from '../bench';
import { startSite, warm } from '../site';
import { pathOf, writeVault } from '../vault';

const NOTES = 100;
const NOTE = 42;

/** What a browser that comes for the first time is sent for one note. */
export const bytes: Measure = {
  name: 'bytes',
  about: 'what a browser is sent for a note',
  run: async (bench) => {
    const { folder } = writeVault(path.join(bench.folder, 'weighed'), NOTES);
    const site = await startSite(bench, folder, 'weighed');
    const [address = ''] = await addressesOf(bench, 'weighed', [pathOf(NOTE)]);
    bench.say(`Weighing ${address}`);
    const html = (await warm(site.origin, address, { 'accept-encoding': 'identity' })).body.toString('utf8');
    const styles = all(html, /<link[^>]+rel="stylesheet"[^>]+href="([^"]+)"/g);
    const scripts = all(html, /<script(?![^>]*noModule)[^>]+src="([^"]+)"/g);
    const fonts: string[] = [];
    for (const url of styles) {
      const { body } = await warm(site.origin, url, { 'accept-encoding': 'identity' });
      fonts.push(...latinFonts(body.toString('utf8')).map((font) => new URL(font, site.origin + url).pathname));
    }
    const kinds: [string, string[]][] = [
      ['HTML', [address]],
      ['CSS', styles],
      ['JavaScript', scripts],
      ['Latin fonts', fonts],
    ];
    const lines: Line[] = [];
    for (const [kind, urls] of kinds) lines.push(await weigh(site.origin, kind, urls));
    await site.stop();
    return lines;
  },
};

const all = (html: string, pattern: RegExp): string[] => [
  ...new Set([...html.matchAll(pattern)].map(([, url = '']) => url.replaceAll('&amp;', '&'))),
];

/** The fonts of a style sheet that hold the letters of English and Spanish: a browser asks for those of them it needs. */
function latinFonts(css: string): string[] {
  const faces = css.match(/@font-face\s*\{[^}]*\}/g) ?? [];
  const latin = faces.filter((face) => !face.includes('unicode-range') || /U\+0{1,4}-0*FF|U\+\?\?/i.test(face));
  return latin.flatMap((face) => /url\(["']?([^"')]+\.woff2)/.exec(face)?.[1] ?? []);
}

async function weigh(origin: string, kind: string, urls: string[]): Promise<Line> {
  const sum = { gzip: 0, br: 0 };
  for (const url of urls) {
    for (const encoding of ['gzip', 'br'] as const) {
      const answer = await warm(origin, url, { 'accept-encoding': encoding });
      sum[encoding] += answer.body.length;
    }
  }
  const kilobytes = (value: number) => `${(value / 1000).toFixed(1)} KB`;
  return {
    name: `${kind} of a note`,
    value: `${kilobytes(sum.gzip)} gzip, ${kilobytes(sum.br)} brotli (${urls.length} ${urls.length === 1 ? 'file' : 'files'})`,
    numbers: { files: urls.length, gzip: sum.gzip, brotli: sum.br },
  };
}
