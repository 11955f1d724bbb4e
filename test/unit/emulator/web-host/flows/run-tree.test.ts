import {
  allNodes,
  recordsByPath,
  runTree,
  strangersIn,
} from '../../../../../emulator/web-host/client/pages/flows/run-tree';
import type { ActionOutline, FlowAction } from '../../../../../emulator/web-host/client/web-api/flow-runs';

const action = (name: string, more: Partial<ActionOutline> = {}): ActionOutline => ({
  name,
  type: 'Compose',
  runAfter: {},
  branches: [],
  ...more,
});
const after = (before: string, ...statuses: string[]) => ({
  runAfter: { [before]: statuses.length ? statuses : ['Succeeded'] },
});
const record = (path: string, status = 'Succeeded'): FlowAction => ({
  name: path.split('/').at(-1)!,
  path,
  status,
  startTime: '2026-01-01T00:00:00Z',
  attempts: 1,
  inputs: null,
  outputs: null,
});

const statuses = (
  actions: readonly ActionOutline[],
  records: readonly FlowAction[],
  { isRunning = false, repetitions = {} as Record<string, number> } = {},
) => {
  const nodes = runTree(actions, { records: recordsByPath(records), isRunning, repetitions });
  return Object.fromEntries(allNodes(nodes).map(({ outline, status }) => [outline.name, status]));
};

const condition = action('If', {
  type: 'If',
  ...after('A'),
  branches: [
    { kind: 'yes', actions: [action('Yes')] },
    { kind: 'no', actions: [action('No')] },
  ],
});
const loop = action('Loop', {
  type: 'Foreach',
  branches: [{ kind: 'body', actions: [action('Step'), action('Then', after('Step'))] }],
});

test('without a run nothing has a status', () => {
  expect(allNodes(runTree([action('A'), condition], undefined)).map(({ status }) => status)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test('what has no record when the run is over was skipped, with all inside it', () => {
  expect(statuses([action('A'), condition], [record('A', 'Failed')])).toEqual({
    A: 'Failed',
    If: 'Skipped',
    Yes: 'Skipped',
    No: 'Skipped',
  });
});

test('in a run that goes on the next action is under way, and those after it wait', () => {
  const actions = [action('A'), action('B', after('A')), action('C', after('B')), action('D', after('A', 'Failed'))];
  expect(statuses(actions, [record('A')], { isRunning: true })).toEqual({
    A: 'Succeeded',
    B: 'Running',
    C: undefined,
    D: 'Skipped',
  });
});

test('of a condition under way one branch is taken; before it has begun neither is', () => {
  expect(statuses([action('A'), condition], [record('A'), record('Yes')], { isRunning: true })).toMatchObject({
    If: 'Running',
    Yes: 'Succeeded',
    No: 'Skipped',
  });
  expect(statuses([action('A'), condition], [], { isRunning: true })).toEqual({
    A: 'Running',
    If: undefined,
    Yes: undefined,
    No: undefined,
  });
});

test('a loop shows the repetition that is asked for, and tells which failed', () => {
  const records = [
    record('Loop', 'Failed'),
    ...[0, 1, 2].map((index) => record(`Loop[${index}]/Step`, index === 1 ? 'Failed' : 'Succeeded')),
    record('Loop[0]/Then'),
  ];
  const [first] = runTree([loop], { records: recordsByPath(records), isRunning: false, repetitions: {} });
  expect(first!.loop).toEqual({ count: 3, shown: 0, failed: [1] });
  expect(statuses([loop], records, { repetitions: { Loop: 1 } })).toEqual({
    Loop: 'Failed',
    Step: 'Failed',
    Then: 'Skipped',
  });
});

test('a loop inside a loop keeps repetitions of its own', () => {
  const outer = action('Outer', { type: 'Foreach', branches: [{ kind: 'body', actions: [loop] }] });
  const records = [record('Outer[0]/Loop[0]/Step'), record('Outer[1]/Loop[0]/Step'), record('Outer[1]/Loop[1]/Step')];
  const run = { records: recordsByPath(records), isRunning: false, repetitions: { Outer: 1, 'Outer[1]/Loop': 1 } };
  const [top] = runTree([outer], run);
  expect(top!.branches[0]!.nodes[0]!.loop).toEqual({ count: 2, shown: 1, failed: [] });
});

test('actions the flow no longer has are named', () => {
  expect(strangersIn([record('A'), record('Loop[0]/Gone')], [action('A'), loop])).toEqual(['Gone']);
});
