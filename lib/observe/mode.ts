import type { Mode } from '@/lib/language/words';
import type { Observation } from './observation';

/** How an answer was made, by what can be seen of it; null for what is no page. */
export function modeOf({ source, response }: Observation): Mode | null {
  const header = (name: string) => response?.headers.find(([each]) => each === name)?.[1] ?? null;
  if (!header('content-type')?.startsWith('text/html')) return null;
  if (source === 'page store' || header('x-nextjs-cache')) return 'static';
  return header('x-nextjs-postponed') ? 'partial' : 'dynamic';
}
