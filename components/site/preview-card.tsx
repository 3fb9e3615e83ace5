import { drawable, shorten } from '@/lib/language/drawable';
import { MARK_PATHS } from '../wordmark';

export const CARD_SIZE = { width: 1200, height: 630 };

const PAPER = '#f8f4ea';
const INK = '#211e19';
const SOFT = '#544d41';
const ACCENT = '#0c5a45';
const STRIPES = Array.from({ length: 20 }, (_, i) => i);
const TITLE_MAX = 110;

/** Title, vault and sign on warm paper. What the bundled faces cannot draw is left out; nothing is fetched to draw it. */
export function PreviewCard({ title, vault }: { title: string; vault: string }) {
  const heading = shorten(drawable(title), TITLE_MAX);
  const below = shorten(drawable(vault), 60);
  const fontSize = heading.length > 60 ? 58 : heading.length > 28 ? 74 : 96;
  return (
    <div
      style={{ display: 'flex', flexDirection: 'column', width: '100%', height: '100%', background: PAPER, color: INK }}
    >
      <div style={{ display: 'flex' }}>
        {STRIPES.map((i) => (
          <div
            key={i}
            style={{ width: 60, height: 64, borderRadius: '0 0 30px 30px', background: i % 2 ? '#efe8d8' : ACCENT }}
          />
        ))}
      </div>
      <div
        style={{ display: 'flex', flexDirection: 'column', flexGrow: 1, justifyContent: 'center', padding: '0 80px' }}
      >
        {heading === '' && <Sign size={260} />}
        {heading && <div style={{ fontFamily: 'Serif', fontSize, lineHeight: 1.12, letterSpacing: -1 }}>{heading}</div>}
        {below && below !== heading && (
          <div style={{ fontFamily: 'Sans', fontSize: 32, color: SOFT, marginTop: 28 }}>{below}</div>
        )}
      </div>
      <div style={{ display: 'flex', alignItems: 'center', padding: '0 80px 56px', color: ACCENT }}>
        <Sign size={52} />
        <div style={{ fontFamily: 'Serif', fontSize: 34, marginLeft: 16 }}>Trastienda</div>
      </div>
    </div>
  );
}

function Sign({ size }: { size: number }) {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="2 3 28 26"
      fill="none"
      stroke={ACCENT}
      strokeWidth="2.2"
      strokeLinecap="round"
    >
      <path d={MARK_PATHS.door} />
      <path d={MARK_PATHS.curtain} />
    </svg>
  );
}
