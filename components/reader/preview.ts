import type { Preview } from '@/features/notes/page';

const DELAY_MS = 350;
const GRACE_MS = 200;
const GAP = 8;

/** A glimpse of the note a link leads to, for pointer and keyboard; never for touch. Esc closes it. */
export function watchLinks(signal: AbortSignal): void {
  const glimpse = new Glimpse();
  const over = (event: Event) => {
    if ((event instanceof PointerEvent && event.pointerType !== 'mouse') || glimpse.stay(event)) return;
    const link =
      event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('.prose a[data-note]') : null;
    if (link && (event.type !== 'focusin' || link.matches(':focus-visible'))) glimpse.of(link);
  };
  const out = (event: Event) => glimpse.leave(event);
  for (const type of ['pointerover', 'focusin']) document.addEventListener(type, over, { signal });
  for (const type of ['pointerout', 'focusout']) document.addEventListener(type, out, { signal });
  document.addEventListener('keydown', (event) => event.key === 'Escape' && glimpse.close(), { signal });
  signal.addEventListener('abort', () => glimpse.close());
}

class Glimpse {
  private card: HTMLElement | null = null;
  private link: HTMLAnchorElement | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly known = new Map<string, Promise<Preview | null>>();

  of(link: HTMLAnchorElement): void {
    if (link === this.link) {
      if (this.card) clearTimeout(this.timer);
      return;
    }
    this.close();
    this.link = link;
    this.timer = setTimeout(() => void this.show(link), DELAY_MS);
  }

  /** Closes soon, unless the pointer goes on to the card itself or stays within the link. */
  leave(event: Event): void {
    const to = event instanceof PointerEvent || event instanceof FocusEvent ? event.relatedTarget : null;
    if (to instanceof Node && (this.card?.contains(to) || this.link?.contains(to))) return;
    clearTimeout(this.timer);
    if (this.card) this.timer = setTimeout(() => this.close(), GRACE_MS);
    else this.close();
  }

  stay(event: Event): boolean {
    const within = event.target instanceof Node && this.card?.contains(event.target) === true;
    if (within) clearTimeout(this.timer);
    return within;
  }

  close(): void {
    clearTimeout(this.timer);
    this.card?.remove();
    this.link?.removeAttribute('aria-describedby');
    this.card = null;
    this.link = null;
  }

  private async show(link: HTMLAnchorElement): Promise<void> {
    const preview = await this.read(link.dataset.note ?? '');
    if (!preview || this.link !== link) return;
    const card = document.createElement('aside');
    card.className = 'glimpse';
    card.id = 'glimpse';
    card.setAttribute('role', 'tooltip');
    const title = document.createElement('strong');
    title.textContent = preview.title;
    const text = document.createElement('p');
    text.textContent = preview.excerpt;
    card.append(title, text);
    document.body.append(card);
    link.setAttribute('aria-describedby', card.id);
    this.card = card;
    place(card, link);
  }

  private read(href: string): Promise<Preview | null> {
    const found = this.known.get(href) ?? fetchPreview(href);
    this.known.set(href, found);
    return found;
  }
}

async function fetchPreview(href: string): Promise<Preview | null> {
  const [, vault = '', path = ''] = /^\/([^/]+)\/?(.*)$/.exec(href) ?? [];
  const response = await fetch(`/${vault}/-/preview/${path}`.replace(/\/$/, '')).catch(() => null);
  return response?.ok ? response.json() : null;
}

/** Under the link, or over it where there is no room. Moved by script: the page's policy allows that, not `style="…"`. */
function place(card: HTMLElement, link: HTMLElement): void {
  const [at, size] = [link.getBoundingClientRect(), card.getBoundingClientRect()];
  const below = at.bottom + GAP + size.height < window.innerHeight || at.top < size.height + GAP;
  const left = Math.min(Math.max(GAP, at.left), document.documentElement.clientWidth - size.width - GAP);
  card.style.left = `${left + window.scrollX}px`;
  card.style.top = `${(below ? at.bottom + GAP : at.top - GAP - size.height) + window.scrollY}px`;
}
