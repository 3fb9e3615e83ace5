import type { ReactNode } from 'react';
import { fontVariables } from '@/app/fonts';
import { direction, languageTag } from '@/lib/language/tag';
import { THEME_SCRIPT } from '@/lib/theme-script';

type Props = {
  language: string;
  /** The colours a person chose for all their devices; else as this device says. */
  theme?: 'light' | 'dark' | null;
  children: ReactNode;
};

/** The frame of every page. The script's bytes are always the same: the server allows it by its hash. */
export function Document({ language, theme, children }: Props) {
  return (
    <html
      lang={languageTag(language)}
      dir={direction(language)}
      className={fontVariables}
      data-theme={theme ?? undefined}
      suppressHydrationWarning
    >
      <head>
        <meta name="theme-color" media="(prefers-color-scheme: light)" content="#f8f4ea" />
        <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#191713" />
        <script dangerouslySetInnerHTML={{ __html: THEME_SCRIPT }} />
      </head>
      <body>{children}</body>
    </html>
  );
}
