import type { ReactNode } from 'react';

/** A table that scrolls on small screens, by the keyboard too. */
export function ScrollingTable({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached without a mouse
    <section className="numbers" aria-label={label} tabIndex={0}>
      <table>{children}</table>
    </section>
  );
}

/** Text as it was written, whose long lines scroll, by the keyboard too. */
export function ScrollingText({ children }: { children: ReactNode }) {
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached without a mouse
  return <pre tabIndex={0}>{children}</pre>;
}
