import { allActions } from '../../../emulator/flow-runtime/definition/all-actions.ts';
import type { ActionDefinition } from '../../../emulator/flow-runtime/definition/model.ts';
import { readDefinition } from '../../../emulator/flow-runtime/definition/read-definition.ts';
import { readCall } from '../../../emulator/flow-runtime/actions/connector.ts';
import { isContainer } from '../../../emulator/flow-runtime/actions/index.ts';
import { isObject } from '../../../emulator/flow-runtime/expressions/value.ts';
import type { FaultRule } from '../../../emulator/kernel/index.ts';
import { admin } from '../emulator.ts';
import { actionFaults, callFaults, deliveryFaults, type FaultName } from './faults.ts';
import type { World } from './world.ts';

/** One thing that goes wrong at one place. */
export interface Cell {
  readonly flow: string;
  /** Place of the action in its run; undefined is the event that starts the flow. */
  readonly action: string | undefined;
  /** e.g. `shared_commondataserviceforapps/GetItem`, of calls of connectors. */
  readonly operation: string | undefined;
  readonly fault: FaultName;
  /** What the console is told. */
  readonly rule: Omit<FaultRule, 'id'>;
}

interface Flow {
  readonly id: string;
  readonly name: string;
  readonly actions: ReadonlyMap<string, ActionDefinition>;
  operationOf(action: ActionDefinition): string | undefined;
  readonly isStartedByEvent: boolean;
}

/** Every cell of what has just run: each call with each fault, each action with a crash after it, each event. */
export async function cellsOf(world: World, names: readonly string[]): Promise<readonly Cell[]> {
  const cells: Cell[] = [];
  for (const name of names) {
    const flow = await readFlow(world, name);
    const done = await actionsDone(world, name);
    if (done.length === 0) throw new Error(`The flow '${name}' has not run, so there is nothing of it to let fail.`);
    for (const path of done) cells.push(...cellsAt(flow, path));
    if (flow.isStartedByEvent) cells.push(...eventCells(flow));
  }
  return cells;
}

function cellsAt(flow: Flow, path: string): Cell[] {
  const action = flow.actions.get(path.split('/').at(-1)!);
  if (action === undefined || isContainer(action.type)) return [];
  const operation = flow.operationOf(action);
  const match = { flow: flow.name, action: path };
  const at = { flow: flow.name, action: path, operation };
  const between = entries(actionFaults).map(([fault, rule]) => ({
    ...at,
    fault,
    rule: { ...rule, where: 'flow-action', match },
  }));
  if (operation === undefined) return between;
  const calls = entries(callFaults).map(([fault, rule]) => ({
    ...at,
    fault,
    rule: { ...rule, where: `connector:${operation}`, match },
  }));
  return [...calls, ...between];
}

const eventCells = ({ id, name }: Flow): Cell[] =>
  entries(deliveryFaults).map(([fault, rule]) => ({
    flow: name,
    action: undefined,
    operation: undefined,
    fault,
    rule: { ...rule, where: 'event-delivery', match: { path: id } },
  }));

const entries = <K extends string, V>(table: Readonly<Record<K, V>>) => Object.entries(table) as [K, V][];

async function readFlow(world: World, name: string): Promise<Flow> {
  const path = `workflows?$select=workflowid,clientdata&$filter=category eq 5 and name eq '${name}'`;
  const { body } = await world.dataverse('GET', path, { as: admin });
  const [row] = body.value;
  if (row === undefined) throw new Error(`There is no flow '${name}'.`);
  const definition = readDefinition(row.clientdata);
  return {
    id: row.workflowid,
    name,
    actions: new Map(allActions(definition.actions).map((action) => [action.name, action])),
    isStartedByEvent: /webhook$/i.test(definition.trigger.type),
    operationOf({ type, inputs }) {
      if (!/^OpenApiConnection/i.test(type) || !isObject(inputs)) return undefined;
      const { api, operation } = readCall(inputs, definition);
      return `${api}/${operation}`;
    },
  };
}

/** Places of what ran, in all runs of the flow; each once. */
async function actionsDone(world: World, flow: string): Promise<readonly string[]> {
  const paths = new Set<string>();
  for (const { id } of (await world.runs(flow)).toReversed()) {
    const { actions } = await world.console('GET', `/flow-runs/${id}`);
    for (const { path, status } of actions) if (status !== 'Skipped') paths.add(path);
  }
  return [...paths];
}
