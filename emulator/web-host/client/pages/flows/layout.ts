import { Graph, layout } from '@dagrejs/dagre';
import type { RunBranch, RunNode } from './run-tree';

/** A node with its place inside its container. */
export interface PlacedNode {
  readonly node: RunNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly isOpen: boolean;
  readonly branches: readonly PlacedBranch[];
}

export interface PlacedBranch {
  readonly branch: RunBranch;
  readonly x: number;
  readonly width: number;
  readonly content: Placed;
}

export interface PlacedEdge {
  readonly from: string;
  readonly to: string;
  readonly points: readonly Point[];
  /** Statuses the arrow is taken on, where they are not just Succeeded. */
  readonly statuses: readonly string[] | undefined;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Placed {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

export const card = { width: 248, height: 52 } as const;
/** Below the card of a container, before what is inside; beside and below it. */
export const inside = { top: 12, side: 16, bottom: 16, label: 30, gap: 16, empty: 40 } as const;
export const pager = 40;
const between = { nodesep: 28, ranksep: 44 } as const;

/** Where everything stands: each container is laid out by itself, then takes its place as one box. */
export function place(nodes: readonly RunNode[], isOpen: (node: RunNode) => boolean): Placed {
  const graph = new Graph().setGraph({ rankdir: 'TB', ...between, marginx: 0, marginy: 0 });
  graph.setDefaultEdgeLabel(() => ({}));
  const boxes = new Map(nodes.map((node) => [node.path, box(node, isOpen)]));
  const pathOf = new Map(nodes.map(({ path, outline }) => [outline.name, path]));
  for (const [path, { width, height }] of boxes) graph.setNode(path, { width, height });
  const arrows = nodes.flatMap(({ path, outline }) =>
    Object.entries(outline.runAfter).flatMap(([before, statuses]) => {
      const from = pathOf.get(before);
      return from === undefined ? [] : [{ from, to: path, statuses: unusual(statuses) }];
    }),
  );
  for (const { from, to } of arrows) graph.setEdge(from, to);
  if (nodes.length > 0) layout(graph);
  const { width = 0, height = 0 } = nodes.length > 0 ? (graph.graph() as { width?: number; height?: number }) : {};
  const placed = new Map(
    [...boxes].map(([path, one]) => {
      const { x, y } = graph.node(path) as Point;
      return [path, { ...one, x: x - one.width / 2, y: y - one.height / 2 }];
    }),
  );
  return {
    width: Math.max(width, nodes.length === 0 ? card.width : 0),
    height: nodes.length === 0 ? inside.empty : height,
    nodes: [...placed.values()],
    edges: arrows.map((arrow) => {
      const { points } = graph.edge(arrow.from, arrow.to) as { points: Point[] };
      return { ...arrow, points: fromCardToCard(placed.get(arrow.from)!, points, placed.get(arrow.to)!) };
    }),
  };
}

/** Arrows leave in the middle below and arrive in the middle above; between they keep the way round other boxes. */
function fromCardToCard(from: Box, points: readonly Point[], to: Box): Point[] {
  const way = points.slice(1, -1);
  const start = { x: from.x + from.width / 2, y: from.y + from.height };
  const end = { x: to.x + to.width / 2, y: to.y };
  return way.length <= 1 ? [start, end] : [start, ...way.slice(1, -1), end];
}

type Box = Pick<PlacedNode, 'x' | 'y' | 'width' | 'height'>;

const unusual = (statuses: readonly string[]) =>
  statuses.length === 1 && statuses[0] === 'Succeeded' ? undefined : statuses;

function box(node: RunNode, isOpen: (node: RunNode) => boolean): Omit<PlacedNode, 'x' | 'y'> {
  if (node.branches.length === 0 || !isOpen(node))
    return { node, width: card.width, height: card.height, isOpen: false, branches: [] };
  const contents = node.branches.map((branch) => ({ branch, content: place(branch.nodes, isOpen) }));
  const isLabelled = contents.length > 1;
  let x: number = inside.side;
  const branches = contents.map(({ branch, content }) => {
    const width = content.width + (isLabelled ? 2 * inside.side : 0);
    const placed = { branch, content, x, width };
    x += width + inside.gap;
    return placed;
  });
  const innerWidth = x - inside.gap + inside.side;
  const width = Math.max(innerWidth, card.width);
  const shift = (width - innerWidth) / 2;
  const tallest = Math.max(...contents.map(({ content }) => content.height));
  const head = card.height + (node.loop === undefined ? 0 : pager) + inside.top;
  return {
    node,
    isOpen: true,
    width,
    height: head + (isLabelled ? inside.label + inside.bottom : 0) + tallest + inside.bottom,
    branches: branches.map((one) => ({ ...one, x: one.x + shift })),
  };
}

/** The line of an arrow: down, bending gently through the points it was given. */
export function lineOf(points: readonly Point[]): string {
  const [first, ...others] = points;
  if (first === undefined) return '';
  let line = `M${first.x},${first.y}`;
  let at = first;
  for (const next of others) {
    const middle = (at.y + next.y) / 2;
    line += ` C${at.x},${middle} ${next.x},${middle} ${next.x},${next.y}`;
    at = next;
  }
  return line;
}
