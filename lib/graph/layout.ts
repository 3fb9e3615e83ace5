import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type SimulationNodeDatum,
} from 'd3-force';

export type Dot = { x: number; y: number; radius: number };
export type Label = { x: number; y: number; text: string };
export type Line = { x1: number; y1: number; x2: number; y2: number };
export type Drawing = { width: number; height: number; dots: Dot[]; lines: Line[]; labels: Label[] };

type Noted = { title: string; links: number };
type Node = SimulationNodeDatum & { radius: number };

const STEPS = 300;
const MARGIN = 36;
/** A few notes are drawn no larger than many are, with room for their titles. */
const LEAST = { width: 560, height: 300 };
const LABELS_MAX = 16;
const LABEL_CHARACTERS_MAX = 26;
/** About the size of a letter of the labels. */
const LETTER = { width: 7.4, height: 18 };

/**
 * Where each note stands in the drawing of a vault. The same notes and links always give the same drawing: d3-force
 * starts from a spiral and has its own fixed pseudo-random numbers.
 */
export function layoutGraph(nodes: Noted[], edges: [number, number][]): Drawing {
  const placed = simulate(nodes, edges);
  const [across, down] = [spanOf(placed.map(({ x = 0 }) => x)), spanOf(placed.map(({ y = 0 }) => y))];
  const width = Math.max(Math.round(across.length) + 2 * MARGIN, LEAST.width);
  const height = Math.max(Math.round(down.length) + 2 * MARGIN, LEAST.height);
  const [left, top] = [across.middle - width / 2, down.middle - height / 2];
  const dots = placed.map(({ x = 0, y = 0, radius }) => ({ x: Math.round(x - left), y: Math.round(y - top), radius }));
  const lines = edges.flatMap(([from, to]) => {
    const [a, b] = [dots[from], dots[to]];
    return a && b ? [{ x1: a.x, y1: a.y, x2: b.x, y2: b.y }] : [];
  });
  return { width, height, dots, lines, labels: labelsOf(nodes, dots, width) };
}

function spanOf(places: number[]): { middle: number; length: number } {
  const [least, most] = [Math.min(...places), Math.max(...places)];
  return places.length === 0 ? { middle: 0, length: 0 } : { middle: (least + most) / 2, length: most - least };
}

function simulate(nodes: Noted[], edges: [number, number][]): Node[] {
  const placed: Node[] = nodes.map(({ links }) => ({ radius: Math.round((3.5 + Math.sqrt(links) * 1.5) * 10) / 10 }));
  const joined = new Set(edges.flat());
  forceSimulation(placed)
    .force('link', forceLink(edges.map(([source, target]) => ({ source, target }))).distance(60))
    .force('charge', forceManyBody().strength(-260).distanceMax(500))
    .force(
      'collide',
      forceCollide<Node>((node) => node.radius + 6),
    )
    .force(
      'x',
      forceX<Node>().strength((_, i) => (joined.has(i) ? 0.06 : 0.2)),
    )
    .force(
      'y',
      forceY<Node>().strength((_, i) => (joined.has(i) ? 0.11 : 0.3)),
    )
    .stop()
    .tick(STEPS);
  return placed;
}

/** Titles over the most linked dots, each only where it covers no other. */
function labelsOf(nodes: Noted[], dots: Dot[], width: number): Label[] {
  const order = nodes.map((_, i) => i).sort((a, b) => (nodes[b]?.links ?? 0) - (nodes[a]?.links ?? 0) || a - b);
  const labels: Label[] = [];
  for (const index of order) {
    const [node, dot] = [nodes[index], dots[index]];
    if (!node || !dot || labels.length === LABELS_MAX) break;
    const text = shortened(node.title);
    const half = (text.length * LETTER.width) / 2;
    const label = {
      x: Math.round(Math.min(Math.max(dot.x, half), width - half)),
      y: Math.round(dot.y - dot.radius - 6),
      text,
    };
    if (label.y > LETTER.height && !labels.some((other) => overlap(label, other))) labels.push(label);
  }
  return labels;
}

function shortened(title: string): string {
  return title.length > LABEL_CHARACTERS_MAX ? `${title.slice(0, LABEL_CHARACTERS_MAX - 1).trimEnd()}…` : title;
}

function overlap(one: Label, other: Label): boolean {
  const widths = ((one.text.length + other.text.length) * LETTER.width) / 2;
  return Math.abs(one.x - other.x) < widths && Math.abs(one.y - other.y) < LETTER.height;
}
