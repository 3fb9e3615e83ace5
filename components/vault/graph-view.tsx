import type { GraphPage } from '@/features/notes/page';
import type { Drawing } from '@/lib/graph/layout';
import { languageOfWord } from '@/lib/language/tag';
import { wordsFor } from '@/lib/language/words';
import type { Making } from '../making';
import { PageFooter } from '../page-footer';
import { VaultFrame } from './vault-frame';

type Props = { page: GraphPage; drawing: Drawing; making: Making };

/** The vault's notes as a drawing made on the server, and the same notes as a list. */
export function GraphView({ page, drawing, making }: Props) {
  const { vault, nodes, edges, omitted, tree } = page;
  const words = wordsFor(vault.chrome);
  const chrome = languageOfWord(words.language, vault.language);
  return (
    <VaultFrame vault={vault} making={making} tree={tree} here="graph">
      <main id="text" className="text text-wide">
        <header className="title" {...chrome}>
          <h1>{words.graph.title}</h1>
          <p className="lead">{nodes.length > 0 ? words.graph.lead : words.graph.empty}</p>
        </header>
        {nodes.length > 0 && (
          <>
            <Picture page={page} drawing={drawing} label={words.graph.picture(nodes.length, edges.length)} />
            <section aria-labelledby="list">
              <h2 id="list" className="label" {...chrome}>
                {words.graph.list}
              </h2>
              <ol className="graph-list">
                {nodes.map((node) => (
                  <li key={node.href}>
                    <a href={node.href}>{node.title}</a> <span {...chrome}>{words.graph.links(node.links)}</span>
                  </li>
                ))}
              </ol>
              {omitted > 0 && <p className="empty">{words.graph.omitted(omitted)}</p>}
            </section>
          </>
        )}
        <PageFooter
          vault={vault}
          how={making.mode === 'static' ? words.made.list : words.made.listNow(making.visit !== null)}
          making={making}
        />
      </main>
    </VaultFrame>
  );
}

/** Its dots are links for the pointer; the keyboard has the list, which is in a better order. */
function Picture({ page, drawing, label }: { page: GraphPage; drawing: Drawing; label: string }) {
  const { width, height, lines, dots, labels } = drawing;
  return (
    <figure className="graph" aria-label={label}>
      <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true">
        {lines.map((line, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the drawing never changes
          <line key={i} {...line} />
        ))}
        {page.nodes.map(({ href, title }, i) => (
          <a key={href} href={href} tabIndex={-1}>
            <title>{title}</title>
            <circle cx={dots[i]?.x} cy={dots[i]?.y} r={dots[i]?.radius} />
          </a>
        ))}
        {labels.map(({ x, y, text }) => (
          <text key={`${x} ${y}`} x={x} y={y}>
            {text}
          </text>
        ))}
      </svg>
    </figure>
  );
}
