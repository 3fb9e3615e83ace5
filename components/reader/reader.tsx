'use client';

import { useEffect } from 'react';
import { addCopyButtons } from './copy';
import { followOutline, revealCurrent } from './outline';
import { watchLinks } from './preview';
import { bindThemeButtons } from './theme';

type Props = { copy: string; copied: string; language: string };

/** What JavaScript adds to a page that works without it. Draws nothing. */
export function Reader({ copy, copied, language }: Props) {
  useEffect(() => {
    const stop = new AbortController();
    bindThemeButtons(stop.signal);
    addCopyButtons({ copy, copied, language }, stop.signal);
    watchLinks(stop.signal);
    followOutline(stop.signal);
    revealCurrent();
    return () => stop.abort();
  }, [copy, copied, language]);
  return null;
}
