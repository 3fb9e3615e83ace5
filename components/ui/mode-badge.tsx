import type { Mode } from '@/lib/language/words';

/** One shape for each mode, so that none is told by colour alone: the more work at each visit, the sharper. */
export const MODE_SHAPES: Record<Mode, string> = {
  static: 'M2 2h12v12H2z',
  revalidated: 'M8 2a6 6 0 1 0 6 6h-2.4A3.6 3.6 0 1 1 8 4.4V7l5-3.6L8 0z',
  partial: 'M2 2h12v12H2zM8 4v8h4V4z',
  streamed: 'M1 3h14v2.4H1zM1 6.8h10v2.4H1zM1 10.6h6V13H1z',
  dynamic: 'M8 0l8 8-8 8-8-8z',
};

export function ModeBadge({ mode, label }: { mode: Mode; label: string }) {
  return (
    <span className="mode" data-mode={mode}>
      <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        <path fillRule="evenodd" d={MODE_SHAPES[mode]} />
      </svg>
      {label}
    </span>
  );
}
