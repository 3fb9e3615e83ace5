import { mediaOf } from './kinds';

/** What ends a link in double brackets, or means something in it. */
const AWKWARD = /[#|^[\]\\]|%%/;

/** What to write in a note so that it shows a file of this name, or leads to it when it is of a kind that is only saved. */
export function howToName(name: string): string {
  const shown = mediaOf(name)?.shown;
  const embed = shown === 'image' || shown === 'audio' || shown === 'video' || shown === 'pdf' ? '!' : '';
  return AWKWARD.test(name) ? `${embed}[](${encodeURIComponent(name)})` : `${embed}[[${name}]]`;
}
