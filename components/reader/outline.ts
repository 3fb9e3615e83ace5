/** How far down the window a heading counts as reached. */
const READING_LINE = 120;

/** Marks in the outline the section that is being read; a tap on a line closes the outline's panel. */
export function followOutline(signal: AbortSignal): void {
  const panel = document.getElementById('outline');
  const links = panel?.querySelectorAll<HTMLAnchorElement>('a[href^="#"]');
  if (!panel || !links?.length) return;
  const sections = [...links].flatMap((link) => {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    return heading ? [{ link, heading }] : [];
  });
  let waiting = false;
  const mark = () => {
    waiting = false;
    const atEnd = window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 2;
    const reached = sections.filter(({ heading }) => heading.getBoundingClientRect().top <= READING_LINE);
    const here = atEnd && window.scrollY > 0 ? sections.at(-1) : reached.at(-1);
    for (const section of sections) {
      if (section === here) section.link.setAttribute('aria-current', 'location');
      else section.link.removeAttribute('aria-current');
    }
  };
  const soon = () => {
    if (!waiting) requestAnimationFrame(mark);
    waiting = true;
  };
  window.addEventListener('scroll', soon, { signal, passive: true });
  window.addEventListener('resize', soon, { signal, passive: true });
  panel.addEventListener('click', (event) => closePanel(panel, event.target), { signal });
  mark();
}

function closePanel(panel: HTMLElement, target: EventTarget | null): void {
  if (target instanceof Element && target.closest('a') && panel.matches(':popover-open')) panel.hidePopover();
}

/** Brings the current note into sight in a long tree, without moving the page. */
export function revealCurrent(): void {
  const tree = document.getElementById('tree');
  const here = tree?.querySelector('.tree [aria-current]');
  if (!tree || !here) return;
  const [box, line] = [tree.getBoundingClientRect(), here.getBoundingClientRect()];
  if (line.bottom > box.bottom) tree.scrollTop += line.top - box.top - box.height / 2;
}
