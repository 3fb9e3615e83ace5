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
