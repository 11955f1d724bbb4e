import {
  card,
  lineOf,
  place,
  type Placed,
  type PlacedNode,
} from '../../../../../emulator/web-host/client/pages/flows/layout';
import { runTree } from '../../../../../emulator/web-host/client/pages/flows/run-tree';
import type { ActionOutline } from '../../../../../emulator/web-host/client/web-api/flow-runs';

const action = (name: string, before: readonly string[] = [], more: Partial<ActionOutline> = {}): ActionOutline => ({
  name,
  type: 'Compose',
  runAfter: Object.fromEntries(before.map((one) => [one, ['Succeeded']])),
  branches: [],
  ...more,
});
const placed = (actions: readonly ActionOutline[]) => place(runTree(actions, undefined), () => true);
const by = (content: Placed, name: string) => content.nodes.find(({ node }) => node.outline.name === name)!;

const overlap = (a: PlacedNode, b: PlacedNode) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const nested = action('If', ['A'], {
  type: 'If',
  branches: [
    { kind: 'yes', actions: [action('Y1'), action('Y2', ['Y1'])] },
    {
      kind: 'no',
      actions: [action('Each', [], { type: 'Foreach', branches: [{ kind: 'body', actions: [action('Deep')] }] })],
    },
  ],
});

test('what follows stands below, whatever the order in the file', () => {
  const content = placed([action('C', ['B']), action('B', ['A']), action('A')]);
  const tops = ['A', 'B', 'C'].map((name) => by(content, name).y);
  expect(tops).toEqual([...tops].sort((a, b) => a - b));
  expect(tops[1]! - tops[0]!).toBeGreaterThan(card.height);
});

test('no card stands on another, and branches of a container stand inside it, side by side', () => {
  const content = placed([action('A'), nested, action('B', ['A']), action('End', ['If', 'B'])]);
  for (const [index, one] of content.nodes.entries())
    for (const other of content.nodes.slice(index + 1)) expect(overlap(one, other)).toBe(false);
  const box = by(content, 'If');
  const [yes, no] = box.branches;
  expect(yes!.x + yes!.width).toBeLessThanOrEqual(no!.x);
  expect(no!.x + no!.width).toBeLessThanOrEqual(box.width);
  expect(no!.content.height).toBeGreaterThan(card.height);
  expect(no!.content.height).toBeLessThan(box.height);
});

test('a closed container is as large as a card', () => {
  const content = place(runTree([action('A'), nested], undefined), () => false);
  expect(by(content, 'If')).toMatchObject({ ...card, isOpen: false });
});

test('arrows go from the foot of one card to the head of the next', () => {
  const { edges, nodes } = placed([action('A'), action('B', ['A'])]);
  const [a, b] = nodes;
  expect(edges[0]!.points).toEqual([
    { x: a!.x + a!.width / 2, y: a!.y + a!.height },
    { x: b!.x + b!.width / 2, y: b!.y },
  ]);
  expect(lineOf(edges[0]!.points)).toMatch(/^M[\d.]+,[\d.]+ C/);
});

test('an arrow that is not taken on success alone says on what', () => {
  const catching: ActionOutline = { ...action('Catch'), runAfter: { A: ['Failed', 'TimedOut'] } };
  expect(placed([action('A'), catching]).edges[0]!.statuses).toEqual(['Failed', 'TimedOut']);
  expect(placed([action('A'), action('B', ['A'])]).edges[0]!.statuses).toBeUndefined();
});

test('three hundred actions in loops eight deep find their places', () => {
  const deep = (level: number): ActionOutline =>
    action(`L${level}`, [], {
      type: 'Scope',
      branches: [
        {
          kind: 'body',
          actions: [
            ...Array.from({ length: 38 }, (_, index) =>
              action(`S${level}_${index}`, index === 0 ? [] : [`S${level}_${index - 1}`]),
            ),
            ...(level === 8 ? [] : [deep(level + 1)]),
          ],
        },
      ],
    });
  const content = placed([deep(1)]);
  expect(content.nodes).toHaveLength(1);
  expect(content.height).toBeGreaterThan(38 * card.height);
});
