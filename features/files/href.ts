import { isViewable } from './headers';
import { FORMATS, formQuery, widthsOf } from './variants';

type Addressed = { id: string; name: string; mediaType: string; width: number | null };

/** The address of a file's download. The name is for people; the id decides. */
export function fileHref(file: { id: string; name: string }): string {
  return `/files/${file.id}/${encodeURIComponent(file.name)}`;
}

/** The address that shows a file in the browser; undefined for kinds that are only saved. */
export function viewHref(file: Addressed): string | undefined {
  return isViewable(file.mediaType) ? `${fileHref(file)}?inline` : undefined;
}

/** The addresses of a picture in smaller sizes, by media type; none for what is not made smaller. */
export function pictureSources(file: Addressed): { mediaType: string; sizes: { href: string; width: number }[] }[] {
  const widths = widthsOf(file.mediaType, file.width);
  if (widths.length === 0) return [];
  return FORMATS.map((format) => ({
    mediaType: `image/${format}`,
    sizes: widths.map((width) => ({ href: fileHref(file) + formQuery({ width, format }), width })),
  }));
}
