type Props = { label: string; items: { href: string; label: string; current: boolean }[] };

/** The pages of one area: beside the text where there is room, above it where there is none. */
export function SideMenu({ label, items }: Props) {
  return (
    <nav className="side-menu" aria-label={label}>
      <ul>
        {items.map((item) => (
          <li key={item.href}>
            <a href={item.href} aria-current={item.current ? 'page' : undefined}>
              {item.label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
