const NEXT = { system: 'light', light: 'dark', dark: 'system' } as const;
type Theme = keyof typeof NEXT;

/** The button goes round: as the device, light, dark. */
export function bindThemeButtons(signal: AbortSignal): void {
  for (const button of document.querySelectorAll<HTMLElement>('[data-theme-button]')) {
    label(button);
    button.addEventListener(
      'click',
      () => {
        choose(NEXT[current()]);
        label(button);
      },
      { signal },
    );
  }
}

function current(): Theme {
  const chosen = document.documentElement.dataset.theme;
  return chosen === 'light' || chosen === 'dark' ? chosen : 'system';
}

function choose(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try {
    if (theme === 'system') localStorage.removeItem('theme');
    else localStorage.setItem('theme', theme);
  } catch {
    // Storage is refused: the choice lasts as long as the page.
  }
}

function label(button: HTMLElement): void {
  const words = `${button.dataset.label}: ${button.dataset[current()]}`;
  button.setAttribute('aria-label', words);
  button.title = words;
}
