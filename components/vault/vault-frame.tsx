import type { ReactNode } from 'react';
import type { Translation, TreeItem, VaultCard } from '@/features/notes/page';
import { languageOfWord } from '@/lib/language/tag';
import { type Words, wordsFor } from '@/lib/language/words';
import type { Making } from '../making';
import { PageHeader } from '../page-header';
import { Reader } from '../reader/reader';
import { SkipLink } from '../skip-link';
import { Icon } from '../ui/icon';
import { Panel, PanelButton } from '../ui/panel';
import { Tree } from './tree';

type Props = {
  vault: VaultCard;
  making: Making;
  /** Or what will draw it, when it comes later than the frame. */
  tree: TreeItem[] | { later: ReactNode };
  translations?: Translation[];
  /** The third column: outline and backlinks. */
  side?: ReactNode;
  hasOutline?: boolean;
  /** The page of this address within the vault (`tags`, `graph`), marked in the menu. */
  here?: 'tags' | 'graph';
  children: ReactNode;
};

/** Tree, text and side. On a small screen the text alone: the tree and the outline are panels that one tap opens. */
export function VaultFrame({ vault, making, tree, translations, side, hasOutline, here, children }: Props) {
  const words = wordsFor(vault.chrome);
  const chrome = languageOfWord(words.language, vault.language);
  return (
    <>
      <SkipLink words={words} />
      <PageHeader vault={vault} making={making} translations={translations} />
      <div className="tools" {...chrome}>
        <PanelButton panel="tree" icon="list" label={words.menu.notes} />
        {hasOutline && <PanelButton panel="outline" icon="outline" label={words.menu.outline} />}
      </div>
      <div className="shell" data-side={side ? '' : undefined}>
        <Panel id="tree" label={words.tree.label} close={words.menu.close} chrome={chrome}>
          <Places vault={vault} words={words} here={here} chrome={chrome} />
          {'later' in tree ? tree.later : <Tree items={tree} words={words} />}
        </Panel>
        {children}
        {side}
      </div>
      <Reader copy={words.copy.label} copied={words.copy.done} language={words.language} />
    </>
  );
}

type PlacesProps = { vault: VaultCard; words: Words; here?: 'tags' | 'graph'; chrome: { lang?: string } };

function Places({ vault, words, here, chrome }: PlacesProps) {
  const { tags, graph, feed } = words.menu;
  return (
    <ul className="places" {...chrome}>
      <li>
        <a href={`${vault.href}/-/tags`} aria-current={here === 'tags' ? 'page' : undefined}>
          <Icon name="tag" /> {tags}
        </a>
      </li>
      <li>
        <a href={`${vault.href}/-/graph`} aria-current={here === 'graph' ? 'page' : undefined}>
          <Icon name="graph" /> {graph}
        </a>
      </li>
      <li>
        <a href={`${vault.href}/-/feed.xml`} type="application/atom+xml">
          <Icon name="feed" /> {feed}
        </a>
      </li>
    </ul>
  );
}
