/** How a file is shown where it is embedded; `download` is a link only. */
export type Shown = 'image' | 'audio' | 'video' | 'pdf' | 'canvas' | 'base' | 'download';
export type Media = { mediaType: string; shown: Shown };

export const DOWNLOAD: Media = { mediaType: 'application/octet-stream', shown: 'download' };

/** The kinds that Obsidian shows (V07), by extension in lower case. */
const KINDS: ReadonlyMap<string, Media> = new Map([
  ...kinds('image', {
    avif: 'image/avif',
    bmp: 'image/bmp',
    gif: 'image/gif',
    jpeg: 'image/jpeg',
    jpg: 'image/jpeg',
    png: 'image/png',
    svg: 'image/svg+xml',
    webp: 'image/webp',
  }),
  ...kinds('audio', {
    flac: 'audio/flac',
    m4a: 'audio/mp4',
    mp3: 'audio/mpeg',
    ogg: 'audio/ogg',
    wav: 'audio/wav',
    '3gp': 'audio/3gpp',
  }),
  ...kinds('video', {
    mkv: 'video/x-matroska',
    mov: 'video/quicktime',
    mp4: 'video/mp4',
    ogv: 'video/ogg',
    webm: 'video/webm',
  }),
  ...kinds('pdf', { pdf: 'application/pdf' }),
  ...kinds('canvas', { canvas: 'application/json' }),
  ...kinds('base', { base: 'application/yaml' }),
]);

function kinds(shown: Shown, types: Record<string, string>): [string, Media][] {
  return Object.entries(types).map(([extension, mediaType]) => [extension, { mediaType, shown }]);
}

/** What a file is by its extension; null for kinds that are only downloaded and for notes. */
export function mediaOf(path: string): Media | null {
  return KINDS.get(/\.([A-Za-z0-9]+)$/.exec(path)?.[1]?.toLowerCase() ?? '') ?? null;
}

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
