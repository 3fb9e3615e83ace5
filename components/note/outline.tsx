import type { NotePage } from '@/features/notes/page';
import type { Words } from '@/lib/language/words';
import { Panel } from '../ui/panel';

const INDENTS_MAX = 3;

type Props = { items: NotePage['outline']; words: Words; chrome: { lang?: string } };

export function Outline({ items, words, chrome }: Props) {
  const top = Math.min(...items.map((item) => item.depth));
  return (
    <Panel id="outline" label={words.note.outline} close={words.menu.close} chrome={chrome} className="outline-panel">
      <h2 className="label" {...chrome}>
        {words.note.outline}
      </h2>
      <ul>
        {items.map((item) => (
          <li key={item.id} data-indent={Math.min(item.depth - top, INDENTS_MAX)}>
            <a href={`#${encodeURIComponent(item.id)}`}>{item.text}</a>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
