import { notFound, redirect } from 'next/navigation';
import { answerWith } from '@/lib/http/exchange';

/**
 * The page for what does not exist, with its status. A page made for one visitor is streamed after a part that was made in
 * advance, which Next sends with status 200 before the page has had its say.
 */
export function missing(): never {
  answerWith(404);
  notFound();
}

/** Leads on to a path of this site with a real redirect, for the same reason. */
export function leadTo(path: string): never {
  answerWith(307, { location: path });
  redirect(path);
}
