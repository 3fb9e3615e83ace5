import type { Filled, Slot } from './compiled';
import { escapeHtml } from './escape';
import type { Renderer } from './render';

type File = Extract<Filled, { as: 'file' }>;

/** What an embed shows when it is no note's text: a file, a link to a note, or that it is not available. */
export function drawEmbed(page: Renderer, slot: Slot, filled: Filled): string {
  if (!filled || filled.as === 'site') {
    const tag = slot.block ? 'p' : 'span';
    return `<${tag} class="embed-missing">${page.word('missingEmbed')}</${tag}>`;
  }
  const href = escapeHtml(filled.href);
  if (filled.as === 'note') {
    const link = `<a class="internal embed-inline" href="${href}" data-note="${href}">${escapeHtml(filled.title)}</a>`;
    return slot.block ? `<p>${link}</p>` : link;
  }
  const kind = filled.mediaType.split('/')[0];
  if (kind === 'image') return inParagraph(slot, picture(slot, filled));
  if (kind === 'audio')
    return inParagraph(slot, `<audio class="embed-audio" controls preload="none" src="${href}"></audio>`);
  if (kind === 'video') return inParagraph(slot, video(slot, filled));
  if (filled.mediaType === 'application/pdf' && slot.block) return pdf(page, slot, filled);
  const special = /\.(canvas|base)$/i.exec(filled.name)?.[1]?.toLowerCase();
  if (special && slot.block) {
    const summary = `<summary class="unsupported-title">${page.word(`unsupported-${special}`)}</summary>`;
    return `<details class="unsupported" data-kind="${special}">${summary}${fileLine(page, slot, filled)}</details>`;
  }
  return fileLine(page, slot, filled);
}

function inParagraph(slot: Slot, html: string): string {
  return slot.block ? `<p>${html}</p>` : html;
}

/** How wide a picture is on the page: as wide as the text, or as the screen. */
const SIZES = '(min-width: 48rem) 44rem, 100vw';
const LOOKS = new Set(['icon', 'outline', 'interface']);

function picture(slot: Slot, file: File): string {
  const fit = slot.fragment !== null && LOOKS.has(slot.fragment) ? slot.fragment : null;
  const alt = slot.text ?? (fit === 'icon' ? '' : file.name.replace(/\.[^.]*$/, ''));
  const { width, height } = shownSize(slot, file);
  const size = (width ? ` width="${width}"` : '') + (height ? ` height="${height}"` : '');
  const look = fit === null ? '' : ` data-fit="${fit}"`;
  const address = `src="${escapeHtml(file.href)}" alt="${escapeHtml(alt)}"`;
  const image = `<img class="embed-image" ${address}${size}${look} loading="lazy" decoding="async">`;
  const sources = (file.sources ?? []).map(({ mediaType, sizes }) => {
    const set = sizes.map((each) => `${each.href} ${each.width}w`).join(', ');
    return `<source type="${mediaType}" srcset="${escapeHtml(set)}" sizes="${slot.width ? `${slot.width}px` : SIZES}">`;
  });
  return sources.length === 0 ? image : `<picture>${sources.join('')}${image}</picture>`;
}

/** The author's width keeps the picture's shape. */
function shownSize(slot: Slot, file: File): { width: number | null; height: number | null } {
  if (slot.width === null) return { width: file.width, height: file.height };
  if (slot.height !== null || !file.width || !file.height) return { width: slot.width, height: slot.height };
  return { width: slot.width, height: Math.max(1, Math.round((slot.width * file.height) / file.width)) };
}

function video(slot: Slot, file: File): string {
  const time = /^t=[\d.,:]{1,40}$/.exec(slot.fragment ?? '')?.[0];
  const { width, height } = shownSize(slot, file);
  const size = (width ? ` width="${width}"` : '') + (height ? ` height="${height}"` : '');
  const src = escapeHtml(file.href) + (time ? `#${time}` : '');
  return `<video class="embed-video" controls preload="metadata" src="${src}"${size}></video>`;
}

/** Many phones show no PDF inside a page, so the download is always there too. */
function pdf(page: Renderer, slot: Slot, file: File): string {
  const fields = new URLSearchParams(slot.fragment ?? '');
  const number = /^\d{1,6}$/.exec(fields.get('page') ?? '')?.[0];
  const height = /^\d{2,4}$/.exec(fields.get('height') ?? '')?.[0] ?? String(slot.height ?? 600);
  const src = escapeHtml(file.viewHref ?? file.href) + (number ? `#page=${number}` : '');
  const name = escapeHtml(file.name) + (number ? ` (${page.word('page')} ${number})` : '');
  const frame = `<iframe src="${src}" title="${name}" height="${height}" loading="lazy"></iframe>`;
  return `<div class="embed-pdf">${frame}${fileLine(page, slot, file)}</div>`;
}

function fileLine(page: Renderer, slot: Slot, file: File): string {
  const tag = slot.block ? 'p' : 'span';
  const link = `<a href="${escapeHtml(file.href)}" download>${escapeHtml(slot.text ?? file.name)}</a>`;
  const size = `<span class="embed-size">${readableSize(file.size)}</span>`;
  return `<${tag} class="embed-file">${page.word('download')} ${link} ${size}</${tag}>`;
}

const UNITS = ['B', 'KB', 'MB', 'GB'];

function readableSize(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${UNITS[unit]}`;
}
