/** A shop's back door with its curtain of beads, half drawn. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg
      className={className}
      viewBox="0 0 24 24"
      aria-hidden="true"
      focusable="false"
      fill="none"
      stroke="currentColor"
    >
      <path d="M5 21V10a7 7 0 0 1 14 0v11M2.5 21h19" strokeWidth="1.9" strokeLinecap="round" strokeLinejoin="round" />
      <path
        d="M8.6 6.4V17M12 5.2c0 5-.4 6.800-1.300 9.800M15.400 6.400c0 4-1 5.800-2.300 7.600"
        strokeWidth="1.9"
        strokeLinecap="round"
        strokeDasharray="0.1 2.6"
      />
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
