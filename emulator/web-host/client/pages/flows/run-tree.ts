import type { ActionOutline, BranchOutline, FlowAction } from '../../web-api/flow-runs';

/** An action of the flow at its place in a run, with what it came to there. */
export interface RunNode {
  /** Place in the run. */
  readonly path: string;
  readonly outline: ActionOutline;
  /** What it came to; undefined where it has not ended, or never began. */
  readonly record: FlowAction | undefined;
  /** Undefined where there is no run at all. */
  readonly status: string | undefined;
  readonly branches: readonly RunBranch[];
  readonly loop: Loop | undefined;
}

export interface RunBranch {
  readonly outline: BranchOutline;
  readonly nodes: readonly RunNode[];
}

export interface Loop {
  readonly count: number;
  /** The repetition in sight, from 0. */
  readonly shown: number;
  readonly failed: readonly number[];
}

/** What is drawn: the run, whether it goes on, and which repetition of each loop is in sight. */
export interface RunInSight {
  readonly records: ReadonlyMap<string, FlowAction>;
  readonly isRunning: boolean;
  /** By the place of the loop. */
  readonly repetitions: Readonly<Record<string, number>>;
}

export const recordsByPath = (actions: readonly FlowAction[]): ReadonlyMap<string, FlowAction> =>
  new Map(actions.map((action) => [action.path, action]));

/** Joins the actions of a flow with what they came to in a run; without one nothing has a status. */
export function runTree(actions: readonly ActionOutline[], run: RunInSight | undefined, prefix = ''): RunNode[] {
  const nodes = new Map(actions.map((outline) => [outline.name, nodeOf(outline, run, prefix)]));
  if (run === undefined) return [...nodes.values()];
  const guessed = new Map<string, RunNode>();
  const guess = (name: string): RunNode | undefined => {
    const node = nodes.get(name);
    if (node === undefined || node.record !== undefined || guessed.has(name)) return guessed.get(name) ?? node;
    const before = Object.entries(node.outline.runAfter).map(([one, statuses]) => ({ node: guess(one), statuses }));
    const known = withStatus(node, guessStatus(node, before, run));
    guessed.set(name, known);
    return known;
  };
  return actions.map(({ name }) => guess(name)!);
}

interface Before {
  readonly node: RunNode | undefined;
  readonly statuses: readonly string[];
}

/** History holds what has ended. What has no record is under way, waits for others, or was skipped. */
function guessStatus(node: RunNode, before: readonly Before[], { isRunning }: RunInSight): string | undefined {
  const hasBegun = node.branches.some((branch) => branch.nodes.some(isTouched)) || (node.loop?.count ?? 0) > 0;
  if (hasBegun) return isRunning ? 'Running' : 'Cancelled';
  if (!isRunning) return 'Skipped';
  const ended = ['Succeeded', 'Failed', 'Skipped', 'TimedOut', 'Cancelled'];
  if (!before.every((one) => ended.includes(one.node?.status ?? ''))) return undefined;
  return before.every((one) => one.statuses.includes(one.node!.status!)) ? 'Running' : 'Skipped';
}

/** What is inside of what was skipped was skipped, too; of a condition that is under way, one branch is taken. */
function withStatus(node: RunNode, status: string | undefined): RunNode {
  const isEntered = ({ nodes }: RunBranch) => nodes.some(isTouched);
  const isDecided = node.branches.some(isEntered);
  const inside = (branch: RunBranch): RunBranch => {
    const isAsItStands =
      status !== 'Skipped' && status !== undefined && (node.branches.length === 1 || isEntered(branch));
    if (isAsItStands) return branch;
    const known = status === 'Skipped' || isDecided ? 'Skipped' : undefined;
    return { ...branch, nodes: branch.nodes.map((one) => withStatus(one, known)) };
  };
  return { ...node, status, branches: node.branches.map(inside) };
}

function nodeOf(outline: ActionOutline, run: RunInSight | undefined, prefix: string): RunNode {
  const path = prefix + outline.name;
  const record = run?.records.get(path);
  const loop = isLoop(outline) && run !== undefined ? loopAt(path, run) : undefined;
  const inside = loop === undefined ? prefix : `${path}[${loop.shown}]/`;
  // Inside what has ended nothing goes on.
  const within = run === undefined || record === undefined ? run : { ...run, isRunning: false };
  const branches = outline.branches.map((branch) => ({
    outline: branch,
    nodes: runTree(branch.actions, within, isLoop(outline) && loop === undefined ? `${path}[-]/` : inside),
  }));
  return { path, outline, record, status: record?.status, branches, loop };
}

export const isLoop = ({ type }: ActionOutline) => /^(foreach|until)$/i.test(type);

function loopAt(path: string, { records, repetitions }: RunInSight): Loop {
  const failed = new Set<number>();
  let count = 0;
  for (const [place, { status }] of records) {
    if (!place.startsWith(`${path}[`)) continue;
    const end = place.indexOf(']', path.length);
    const index = Number(place.slice(path.length + 1, end));
    if (Number.isNaN(index)) continue;
    count = Math.max(count, index + 1);
    if (status === 'Failed' || status === 'TimedOut') failed.add(index);
  }
  const shown = Math.min(Math.max(repetitions[path] ?? 0, 0), Math.max(count - 1, 0));
  return { count, shown, failed: [...failed].sort((a, b) => a - b) };
}

const isTouched = ({ record, branches }: RunNode): boolean =>
  record !== undefined || branches.some(({ nodes }) => nodes.some(isTouched));

/** Every node, those inside others too, from top to bottom. */
export const allNodes = (nodes: readonly RunNode[]): RunNode[] =>
  nodes.flatMap((node) => [node, ...node.branches.flatMap((branch) => allNodes(branch.nodes))]);

/** Names in the history that the flow, as it is now, does not have. */
export function strangersIn(actions: readonly FlowAction[], outline: readonly ActionOutline[]): string[] {
  const known = new Set(namesIn(outline));
  return [...new Set(actions.map(({ name }) => name).filter((name) => !known.has(name)))];
}

const namesIn = (actions: readonly ActionOutline[]): string[] =>
  actions.flatMap(({ name, branches }) => [name, ...branches.flatMap((branch) => namesIn(branch.actions))]);
