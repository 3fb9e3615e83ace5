import {
  forceCenter,
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type SimulationNodeDatum,
} from 'd3-force';

export type Dot = {
  x: number;
  y: number;
  radius: number /** Whether its title is written beside it. */;
  labelled: boolean;
};
export type Drawing = {
  width: number;
  height: number;
  dots: Dot[];
  lines: { x1: number; y1: number; x2: number; y2: number }[];
};

const STEPS = 300;
const MARGIN = 40;
/** Titles written on the drawing; more would cover each other. */
const LABELS_MAX = 14;

type Node = SimulationNodeDatum & { radius: number };

/**
 * Where each note stands in the drawing of a vault. The same notes and links always give the same drawing: d3-force
 * starts from a spiral and has its own fixed pseudo-random numbers.
 */
export function layoutGraph(nodes: { links: number }[], edges: [number, number][]): Drawing {
  const placed: Node[] = nodes.map((node) => ({ radius: radiusOf(node.links) }));
  forceSimulation(placed)
    .force(
      'link',
      forceLink(edges.map(([source, target]) => ({ source, target })))
        .distance(46)
        .strength(0.5),
    )
    .force('charge', forceManyBody().strength(-120).distanceMax(420))
    .force(
      'collide',
      forceCollide<Node>((node) => node.radius + 5),
    )
    .force('x', forceX().strength(0.07))
    .force('y', forceY().strength(0.1))
    .force('center', forceCenter(0, 0))
    .stop()
    .tick(STEPS);
  return drawingOf(placed, edges, labelled(nodes));
}

function radiusOf(links: number): number {
  return Math.round((4 + Math.sqrt(links) * 2.2) * 10) / 10;
}

function labelled(nodes: { links: number }[]): Set<number> {
  const order = nodes.map((_, index) => index).sort((a, b) => (nodes[b]?.links ?? 0) - (nodes[a]?.links ?? 0) || a - b);
  return new Set(order.slice(0, LABELS_MAX));
}

function drawingOf(placed: Node[], edges: [number, number][], labels: Set<number>): Drawing {
  const [xs, ys] = [placed.map((node) => node.x ?? 0), placed.map((node) => node.y ?? 0)];
  const [left, top] = [Math.min(0, ...xs) - MARGIN, Math.min(0, ...ys) - MARGIN];
  const dots = placed.map((node, index) => ({
    x: Math.round((node.x ?? 0) - left),
    y: Math.round((node.y ?? 0) - top),
    radius: node.radius,
    labelled: labels.has(index),
  }));
  const lines = edges.flatMap(([from, to]) => {
    const [a, b] = [dots[from], dots[to]];
    return a && b ? [{ x1: a.x, y1: a.y, x2: b.x, y2: b.y }] : [];
  });
  const width = Math.round(Math.max(0, ...xs) - left + MARGIN);
  const height = Math.round(Math.max(0, ...ys) - top + MARGIN);
  return { width, height, dots, lines };
}
