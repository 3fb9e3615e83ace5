import type { ReactNode } from 'react';
import { fontVariables } from '@/app/fonts';
import { direction, languageTag } from '@/lib/language/tag';
import { THEME_SCRIPT } from '@/lib/theme-script';
import { XrayLink } from './xray/xray-link';

type Props = {
  language: string;
  /** The colours a person chose for all their devices; else as this device says. */
  theme?: 'light' | 'dark' | null;
  /** The X-ray of the request this page is made for, when it is made for one. */
  xray?: string;
  children: ReactNode;
};

/** The frame of every page. The script's bytes are always the same: the server allows it by its hash. */
export function Document({ language, theme, xray, children }: Props) {
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
      <body>
        {children}
        <XrayLink language={language} href={xray} />
      </body>
    </html>
  );
}
