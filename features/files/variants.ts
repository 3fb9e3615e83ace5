/** A size and format that a picture is also kept in. */
export type Form = { width: number; format: 'avif' | 'webp' };

/** Pixels. A picture gets those that are smaller than it. */
export const WIDTHS = [480, 960, 1600] as const;
/** The smallest first: browsers take the first they know. */
export const FORMATS = ['avif', 'webp'] as const;
/** Kinds that are worth making smaller; a GIF may move, and an SVG has no size. */
const SOURCES = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/bmp']);

/** The sizes that are made of a picture, smallest first; none of what is no picture or small enough. */
export function widthsOf(mediaType: string, width: number | null): number[] {
  return width === null || !SOURCES.has(mediaType) ? [] : WIDTHS.filter((each) => each < width);
}

export const typeOf = ({ format }: Form): string => `image/${format}`;

/** What follows the address of a file to ask for it in that form. */
export const formQuery = ({ width, format }: Form): string => `?w=${width}&as=${format}`;

/** Reads such a query; null for a form that is never made. */
export function readForm(query: URLSearchParams): Form | null {
  const width = WIDTHS.find((each) => String(each) === query.get('w'));
  const format = FORMATS.find((each) => each === query.get('as'));
  return width && format ? { width, format } : null;
}
