import { anonymous } from '@/features/access/viewer';
import { findAddress } from '@/features/notes/addresses';
import type { Lookup } from './addresses';

/** Where an address below a vault leads, for everyone. `pathname` is percent-encoded, in the one spelling pages are linked by. */
export const lookup: Lookup = async (pathname) => {
  const [slug = '', ...rest] = decodeURIComponent(pathname).slice(1).split('/');
  return findAddress(anonymous, slug, rest.join('/'));
};
