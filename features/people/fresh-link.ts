import type { Viewer } from '@/features/access/viewer';
import { freshAddressLink } from './address';
import { freshInvitation } from './invitations';
import { makeResetLink } from './reset';
import { freshConfirmation } from './sign-up';

/** What an owner may make a link of, and whose it is. */
export type LinkWanted = { kind: 'invitation' | 'confirmation' | 'reset' | 'address'; id: string };

/**
 * The path of a new one-time link, for the owner to hand over: of an invitation (by its id), or of a person (by theirs) who
 * waits to be confirmed, who forgot their password, or who asked for another address. Older links of the same kind serve no
 * longer. Null when there is nothing to make a link of, or that is not for this viewer.
 */
export function freshLink(viewer: Viewer, { kind, id }: LinkWanted): Promise<string | null> {
  const make = {
    invitation: freshInvitation,
    confirmation: freshConfirmation,
    reset: makeResetLink,
    address: freshAddressLink,
  };
  return make[kind](viewer, id);
}
