import { describe, expect, it } from 'vitest';
import { layoutGraph } from './layout';

const nodes = Array.from({ length: 60 }, (_, i) => ({ title: `Note ${i}`, links: i % 7 }));
const edges = nodes.slice(1).map((_, i): [number, number] => [i + 1, Math.floor(i / 3)]);

describe('the drawing of a vault', () => {
  it('is the same for the same notes', () => {
    expect(layoutGraph(nodes, edges)).toEqual(layoutGraph(nodes, edges));
  });

  it('keeps every dot inside, apart from each other', () => {
    const { dots, width, height } = layoutGraph(nodes, edges);
    for (const [i, a] of dots.entries()) {
      expect(a.x).toBeGreaterThan(0);
      expect(a.x).toBeLessThan(width);
      expect(a.y).toBeLessThan(height);
      for (const b of dots.slice(i + 1)) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(a.radius + b.radius);
    }
  });

  it('writes no title over another', () => {
    const { labels } = layoutGraph(nodes, edges);
    expect(labels.length).toBeGreaterThan(3);
    for (const [i, a] of labels.entries())
      for (const b of labels.slice(i + 1)) expect(Math.abs(a.x - b.x) > 40 || Math.abs(a.y - b.y) >= 18).toBe(true);
  });

  it.each([1, 2, 3, 5, 8, 200])(
    'keeps the titles of %i notes inside, and few notes in the middle of their room',
    (count) => {
      const few = Array.from({ length: count }, (_, i) => ({
        title: `A rather long title of a note ${i}`,
        links: i % 3,
      }));
      const drawing = layoutGraph(
        few,
        few.slice(1).map((_, i): [number, number] => [i + 1, 0]),
      );
      expect(drawing.labels.length).toBeGreaterThan(0);
      for (const { x, y, text } of drawing.labels) {
        const half = (text.length * 7.4) / 2;
        expect(x - half).toBeGreaterThanOrEqual(-1);
        expect(x + half).toBeLessThanOrEqual(drawing.width + 1);
        expect(y).toBeGreaterThan(13);
      }
      const across = drawing.dots.map(({ x }) => x);
      expect(Math.abs(Math.min(...across) + Math.max(...across) - drawing.width)).toBeLessThanOrEqual(2);
      expect(drawing.width).toBeGreaterThanOrEqual(560);
    },
  );

  it('draws nothing, and one note without links', () => {
    expect(layoutGraph([], []).dots).toEqual([]);
    expect(layoutGraph([{ title: 'Alone', links: 0 }], []).dots).toHaveLength(1);
  });
});
