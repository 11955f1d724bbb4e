import { cellsOf, type Cell } from './cells.ts';
import { isForGood } from './faults.ts';
import type { World } from './world.ts';

/** A flow, or several that follow from one act, and what has to be so in the end whatever goes wrong. */
export interface FaultScenario {
  /** Names of the flows whose calls are to fail. */
  readonly flows: readonly string[];
  /** Brings about the state before; once. */
  arrange?(world: World): Promise<void>;
  /** What starts it all. It may go on through several steps: `await world.settle()` between them. */
  act(world: World): Promise<void>;
  /** What follows closely on the act, so that one event can overtake another; without it nothing is overtaken. */
  actAgain?(world: World): Promise<void>;
  /** What is done about runs that ended Failed because a call failed for good; unless stated they are resubmitted. */
  recover?(world: World, cell: Cell): Promise<void>;
  /** Fails unless the end state is right. The cell is undefined when nothing went wrong. */
  check(world: World, cell: Cell | undefined): Promise<void>;
  /** Fails unless the state is right while a call fails for good, before anybody recovers it. */
  checkBroken?(world: World, cell: Cell): Promise<void>;
  /** Cells to run; all unless stated. */
  only?(cell: Cell): boolean;
}

export interface CellResult extends Cell {
  readonly isRight: boolean;
  /** Why it is not. */
  readonly problem: string | undefined;
  /** Statuses of the runs of the flows, in the end. */
  readonly runs: readonly string[];
}

/**
 * Runs the scenario once with nothing wrong to learn its calls, then once for every cell, each from the same snapshot.
 *
 * @throws Error when it is not right even with nothing wrong
 */
export async function runFaultMatrix(world: World, scenario: FaultScenario): Promise<readonly CellResult[]> {
  await scenario.arrange?.(world);
  await world.settle();
  await world.keep();
  await act(world, scenario, undefined);
  await scenario.check(world, undefined);
  const cells = (await cellsOf(world, scenario.flows)).filter(
    (cell) => (scenario.only?.(cell) ?? true) && (!needsAnother(cell) || scenario.actAgain !== undefined),
  );
  const results: CellResult[] = [];
  for (const cell of cells) {
    await world.restore();
    const problem = await tryCell(world, scenario, cell).then(
      () => undefined,
      (error: Error) => error.message,
    );
    const runs = await world.runs();
    results.push({
      ...cell,
      isRight: problem === undefined,
      problem,
      runs: runs.filter(({ flow }) => scenario.flows.includes(flow)).map(({ status }) => status),
    });
  }
  await world.restore();
  return results;
}

const needsAnother = ({ fault }: Cell) => fault === 'is overtaken by the next';

async function tryCell(world: World, scenario: FaultScenario, cell: Cell): Promise<void> {
  await world.console('POST', '/faults', cell.rule);
  await act(world, scenario, cell);
  await requireStruck(world, cell);
  await world.console('DELETE', '/faults');
  if (isForGood(cell.fault)) {
    await scenario.checkBroken?.(world, cell);
    await (scenario.recover ?? resubmitFailed)(world, cell);
    await world.settle();
  }
  await scenario.check(world, cell);
}

async function act(world: World, scenario: FaultScenario, cell: Cell | undefined): Promise<void> {
  await scenario.act(world);
  if (cell !== undefined && needsAnother(cell)) await scenario.actAgain?.(world);
  await world.settle();
}

/** A fault that never struck would prove nothing. One that crashed went with the platform it crashed. */
async function requireStruck(world: World, { rule }: Cell): Promise<void> {
  const left = (await world.console('GET', '/faults')).value;
  if (rule.times !== undefined && left.length > 0) throw new Error('The fault never struck: nothing came by there.');
}

async function resubmitFailed(world: World): Promise<void> {
  for (const { id, status } of await world.runs())
    if (status === 'Failed' || status === 'TimedOut') await world.console('POST', `/flow-runs/${id}/resubmit`);
}
