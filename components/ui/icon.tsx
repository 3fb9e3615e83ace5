const PATHS = {
  list: 'M4 6h16M4 12h16M4 18h10',
  outline: 'M4 6h10M8 12h12M8 18h9',
  close: 'M6 6l12 12M18 6L6 18',
  chevron: 'M9 6l6 6-6 6',
  back: 'M15 6l-6 6 6 6',
  globe: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M3.5 12h17M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18',
  tag: 'M4 5v7l8 8 7-7-8-8zM8 9h.01',
  graph:
    'M7 17l4-9M13 8l4 5M6 20a2 2 0 1 0 0-4 2 2 0 0 0 0 4M12 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4M18 17a2 2 0 1 0 0-4 2 2 0 0 0 0 4',
  feed: 'M5 5a14 14 0 0 1 14 14M5 11a8 8 0 0 1 8 8M6 18h.01',
  folder: 'M3 7h6l2 2h10v10H3z',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4.5 20a7.5 7.5 0 0 1 15 0',
  bookmark: 'M7 4h10v16l-5-4-5 4z',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  share: 'M12 15V4M8 8l4-4 4 4M5 13v6h14v-6',
  pencil: 'M4 20l1-4L16 5l3 3L8 19zM14 7l3 3',
  system: 'M12 4a8 8 0 0 0 0 16M12 4a8 8 0 0 1 0 16M12 4v16',
} as const;

export type IconName = keyof typeof PATHS;

/** A line drawing that says nothing a word beside it does not. */
export function Icon({ name, className }: { name: IconName; className?: string }) {
  return (
    <svg className={`icon ${className ?? ''}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
