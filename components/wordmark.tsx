/** The way to the back room, its curtain drawn to one side. On a square of 32. */
export const MARK_PATHS = {
  door: 'M8 26V14a8 8 0 0 1 16 0v12M4.5 26h23',
  curtain: 'M12.5 7.2c0 3.5-1 6-4.5 7.8M16.5 6c0 6.5-2.5 10.5-8.5 13M20.5 7.4c0 7-4 13-12.5 16',
};

export function Mark({ className }: { className?: string }) {
  return (
    <svg className={className} viewBox="2 3 28 26" aria-hidden="true" focusable="false">
      <g fill="none" stroke="currentColor" strokeWidth="2.2" strokeLinecap="round" strokeLinejoin="round">
        <path d={MARK_PATHS.door} />
        <path d={MARK_PATHS.curtain} />
      </g>
    </svg>
  );
}

export function Wordmark() {
  return (
    <>
      <Mark className="mark" />
      <span className="wordmark">Trastienda</span>
    </>
  );
}
