/** A size and format that a picture is also kept in. */
export type Form = { width: number; format: 'avif' | 'webp' };

/** Pixels: sizes that pictures are made smaller to. A picture that is no wider than the first is left as it is. */
export const WIDTHS = [480, 960, 1600] as const;
/** The smallest first: browsers take the first they know. */
export const FORMATS = ['avif', 'webp'] as const;
/** Kinds that are worth it; a GIF may move, and an SVG has no size. */
const SOURCES = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/bmp']);

/** The widths that are made of a picture, smallest first: its own too, unless it is wider than any page needs. */
export function widthsOf(mediaType: string, width: number | null): number[] {
  const [least, , most] = WIDTHS;
  if (width === null || width <= least || !SOURCES.has(mediaType)) return [];
  return [...WIDTHS.filter((each) => each < width), ...(width <= most ? [width] : [])];
}

export const typeOf = ({ format }: Form): string => `image/${format}`;

/** What follows the address of a file to ask for it in that form. */
export const formQuery = ({ width, format }: Form): string => `?w=${width}&as=${format}`;

/** Reads such a query; null when it is none. */
export function readForm(query: URLSearchParams): Form | null {
  const width = /^[1-9]\d{2,3}$/.exec(query.get('w') ?? '')?.[0];
  const format = FORMATS.find((each) => each === query.get('as'));
  return width && format ? { width: Number(width), format } : null;
}
