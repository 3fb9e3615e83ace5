'use client';

import { useEffect, useRef } from 'react';

/** Once somebody chose their colours anew, this device's own choice no longer stands in the way. Draws nothing. */
export function ThemeChosen({ theme }: { theme: 'light' | 'dark' | null }) {
  const before = useRef(theme);
  useEffect(() => {
    if (before.current === theme) return;
    before.current = theme;
    try {
      localStorage.removeItem('theme');
    } catch {
      // Storage is refused: there is no choice in it.
    }
    if (theme) document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
  }, [theme]);
  return null;
}
