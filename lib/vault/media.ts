import { DOWNLOAD, type Media, mediaOf } from './kinds';

export { DOWNLOAD, type Media, mediaOf, type Shown } from './kinds';

/** Bytes from the start of a file that `sniff` and `checkedMedia` need. */
export const SNIFF_BYTES = 512;

const MAGIC: readonly [mediaType: string, pattern: RegExp][] = [
  ['image/png', /^\x89PNG\r\n\x1a\n/],
  ['image/jpeg', /^\xff\xd8\xff/],
  ['image/gif', /^GIF8[79]a/],
  ['image/webp', /^RIFF.{4}WEBP/s],
  ['image/bmp', /^BM.{4}\0\0\0\0/s],
  ['image/avif', /^.{4}ftyp(avif|avis|(mif1|msf1).{4}(.{4})*?avi[fs])/s],
  ['application/pdf', /^(\xef\xbb\xbf)?\s{0,16}%PDF-/],
  ['audio/wav', /^(RIFF|RF64).{4}WAVE/s],
  ['audio/flac', /^fLaC/],
  ['audio/mpeg', /^(ID3|\xff[\xe2-\xe7\xf2-\xf7\xfa-\xff])/],
  ['audio/ogg', /^OggS/],
  ['video/webm', /^\x1a\x45\xdf\xa3/],
  ['audio/mp4', /^.{4}ftypM4[AB]/s],
  ['video/quicktime', /^.{4}(ftypqt|moov|mdat|wide|free)/s],
  ['audio/3gpp', /^.{4}ftyp3g/s],
  ['video/mp4', /^.{4}ftyp/s],
  ['image/svg+xml', /^(\xef\xbb\xbf)?\s*(<\?xml[^>]*\?>\s*)?(<!DOCTYPE svg[^>]*>\s*|<!--.*?-->\s*)*<svg[\s>]/is],
];

/** The media type the first bytes of a file betray, or null. Text has none, except SVG. */
export function sniff(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, SNIFF_BYTES)).toString('latin1');
  return MAGIC.find(([, pattern]) => pattern.test(head))?.[0] ?? null;
}

/** Containers whose first bytes are the same for sound and picture. */
const SAME_CONTAINER: readonly ReadonlySet<string>[] = [
  new Set(['audio/ogg', 'video/ogg']),
  new Set(['video/webm', 'video/x-matroska']),
  new Set(['audio/mp4', 'audio/3gpp', 'video/mp4', 'video/quicktime']),
];

/**
 * What a file is by extension and by its first bytes: when these contradict the extension, or do not confirm a kind that has a
 * signature, it is a plain download. One picture format under another's name is served as what it is.
 */
export function checkedMedia(path: string, head: Uint8Array): Media {
  const named = mediaOf(path);
  if (named === null) return DOWNLOAD;
  if (named.shown === 'canvas' || named.shown === 'base') return named;
  const found = sniff(head);
  if (found === null) return isLongSvg(named, head) ? named : DOWNLOAD;
  if (found === named.mediaType || SAME_CONTAINER.some((types) => types.has(found) && types.has(named.mediaType)))
    return named;
  const picture =
    named.shown === 'image' &&
    found.startsWith('image/') &&
    found !== 'image/svg+xml' &&
    named.mediaType !== 'image/svg+xml';
  return picture ? { mediaType: found, shown: 'image' } : DOWNLOAD;
}

/** An SVG may open with more comment than `SNIFF_BYTES`. */
function isLongSvg(named: Media, head: Uint8Array): boolean {
  return (
    named.mediaType === 'image/svg+xml' &&
    /^(\xef\xbb\xbf)?\s*<(\?xml|!--|!DOCTYPE)/i.test(Buffer.from(head.subarray(0, SNIFF_BYTES)).toString('latin1'))
  );
}
