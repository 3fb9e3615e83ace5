import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon';

type PanelProps = {
  id: string;
  label: string;
  close: string;
  /** `lang` and `dir` of the label's own words. */
  chrome?: { lang?: string };
  className?: string;
  children: ReactNode;
};

/**
 * A part of the page on a wide screen, a drawer on a narrow one. The browser itself opens and closes it (`popover`), so
 * it needs no script, returns the focus and closes with Esc or a tap outside.
 */
export function Panel({ id, label, close, chrome, className, children }: PanelProps) {
  return (
    <nav id={id} popover="auto" aria-label={label} className={`panel ${className ?? ''}`}>
      <button type="button" className="panel-close" popoverTarget={id} popoverTargetAction="hide" {...chrome}>
        <Icon name="close" /> {close}
      </button>
      {children}
    </nav>
  );
}

export function PanelButton({ panel, icon, label }: { panel: string; icon: IconName; label: string }) {
  return (
    <button type="button" className="panel-button" data-panel={panel} popoverTarget={panel}>
      <Icon name={icon} /> {label}
    </button>
  );
}
