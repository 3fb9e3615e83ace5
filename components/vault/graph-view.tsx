import type { GraphPage } from '@/features/notes/page';
import type { Drawing } from '@/lib/graph/layout';
import { languageOf } from '@/lib/language/tag';
import { wordsFor } from '@/lib/language/words';
import { PageFooter } from '../page-footer';
import { VaultFrame } from './vault-frame';

type Props = { page: GraphPage; drawing: Drawing; madeAt: string };

/** The vault's notes as a drawing made on the server, and the same notes as a list. */
export function GraphView({ page, drawing, madeAt }: Props) {
  const { vault, nodes, edges, omitted, tree } = page;
  const words = wordsFor(vault.language);
  const chrome = languageOf(words.language, vault.language);
  return (
    <VaultFrame vault={vault} tree={tree} here="graph">
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
        <PageFooter vault={vault} how={words.made.list} madeAt={madeAt} />
      </main>
    </VaultFrame>
  );
}

/** Its dots are links for the pointer; the keyboard has the list, which is in a better order. */
function Picture({ page, drawing, label }: { page: GraphPage; drawing: Drawing; label: string }) {
  const { width, height, lines, dots } = drawing;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls on small screens
    <section className="graph" tabIndex={0} aria-label={label}>
      <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true">
        {lines.map((line, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the drawing never changes
          <line key={i} {...line} />
        ))}
        {page.nodes.map((node, i) => (
          <Dot key={node.href} node={node} dot={dots[i]} />
        ))}
      </svg>
    </section>
  );
}

function Dot({ node, dot }: { node: GraphPage['nodes'][number]; dot: Drawing['dots'][number] | undefined }) {
  if (!dot) return null;
  const title = node.title.length > 28 ? `${node.title.slice(0, 27)}…` : node.title;
  return (
    <a href={node.href} tabIndex={-1} className={dot.labelled ? 'dot dot-labelled' : 'dot'}>
      <title>{node.title}</title>
      <circle cx={dot.x} cy={dot.y} r={dot.radius} />
      <text x={dot.x} y={dot.y - dot.radius - 5}>
        {title}
      </text>
    </a>
  );
}
