import type { Words } from '@/lib/language/words';

/** Does nothing without JavaScript, so it is shown only with it. Its labels wait in the page for the script. */
export function ThemeButton({ words, attributes }: { words: Words; attributes?: { lang?: string } }) {
  const { label, system, light, dark } = words.theme;
  return (
    <button
      type="button"
      className="theme-button"
      data-theme-button=""
      data-label={label}
      data-system={system}
      data-light={light}
      data-dark={dark}
      aria-label={`${label}: ${system}`}
      suppressHydrationWarning
      {...attributes}
    >
      <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
        <circle cx="12" cy="12" r="8" fill="none" stroke="currentColor" strokeWidth="1.8" />
        <path className="theme-half" d="M12 4a8 8 0 0 1 0 16z" />
        <circle className="theme-full" cx="12" cy="12" r="8" />
      </svg>
    </button>
  );
}
