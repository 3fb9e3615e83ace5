import { create as contentDisposition } from 'content-disposition';
import type { Viewer } from '../access/viewer';

/** Kinds a browser may show by itself; everything else, SVG, HTML and XML above all, is only ever saved. */
const VIEWABLE = /^(?:image\/(?:png|jpeg|gif|webp|avif|bmp)|audio\/|video\/|application\/pdf$)/;
/** A PDF in a sandbox stays empty in some browsers; it runs in its viewer and asks for nothing. */
const PDF_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'";
const POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; media-src 'self'; img-src 'self'";
/** Control characters, marks that turn the direction of text, and what separates folders. */
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\\/]/g;

export type Described = { name: string; mediaType: string };

/** Whether a file may be shown in the browser, and not only saved. */
export const isViewable = (mediaType: string): boolean => VIEWABLE.test(mediaType);

/** Headers that say what a file is and who may keep it; those of length and state come with the answer's plan. */
export function describeFile(viewer: Viewer, { name, mediaType }: Described, inline: boolean): Record<string, string> {
  const shown = inline && isViewable(mediaType);
  const safe = safeName(name);
  return {
    'content-type': mediaType.startsWith('text/') ? `${mediaType}; charset=utf-8` : mediaType,
    'content-disposition': contentDisposition(safe, {
      type: shown ? 'inline' : 'attachment',
      fallback: asciiName(safe),
    }),
    'content-security-policy': mediaType === 'application/pdf' ? PDF_POLICY : POLICY,
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': cacheFor(viewer),
    'x-accel-buffering': 'no',
  };
}

/** What anyone may read, a shared cache may keep if it asks again each time; the rest is for one browser. */
function cacheFor(viewer: Viewer): string {
  return viewer.kind === 'anonymous'
    ? 'public, max-age=0, must-revalidate, no-transform'
    : 'private, no-cache, no-transform';
}

/** A name that can be saved and shown, whatever it was. */
export function safeName(name: string): string {
  const safe = name.replace(UNSAFE, '_').replace(/^\.+/, '_').trim();
  return safe === '' ? 'file' : safe;
}

/** For programs that read the old form of a file's name only: letters without their accents, `_` for the rest. */
function asciiName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7e]|[%"]/g, '_');
}
