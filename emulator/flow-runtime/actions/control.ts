import type { ActionDefinition } from '../definition/model.ts';
import { resolve } from '../expressions/template.ts';
import { isArray, isObject, sameValue, typeName, type Value } from '../expressions/value.ts';
import type { FlowRun } from '../runs/flow-run.ts';
import { repetition, type Frame } from '../runs/frame.ts';
import { failed, type Outcome } from '../runs/outcome.ts';
import { untilCount } from '../runs/plan.ts';
import { readDuration } from '../runs/retry.ts';
import type { ActionRunner } from './action-runner.ts';
import { evaluateCondition } from './condition.ts';

const containerFailed = { code: 'ActionFailed', message: 'An action failed. No dependent actions succeeded.' };
const noActions = new Map<string, ActionDefinition>();

export const scope: ActionRunner = async (action, frame, run) =>
  closed(await run.runActions(action.actions, frame), null);

export const ifAction: ActionRunner = async (action, frame, run) => {
  const expressionResult = evaluateCondition(action.raw['expression'] ?? null, run.scope(frame));
  const taken = expressionResult ? action.actions : action.branches.get('else');
  skipBranches(expressionResult ? [action.branches.get('else')] : [action.actions], frame, run);
  return closed(await run.runActions(taken ?? noActions, frame), { expressionResult });
};

export const switchAction: ActionRunner = async (action, frame, run) => {
  const value = resolve(action.raw['expression'] ?? null, run.scope(frame));
  const label = caseFor(action, value);
  const taken = label === undefined ? action.branches.get('default') : action.branches.get(`case:${label}`);
  skipBranches(
    [...action.branches.values()].filter((branch) => branch !== taken),
    frame,
    run,
  );
  return closed(await run.runActions(taken ?? noActions, frame), { expressionResult: value });
};

function caseFor(action: ActionDefinition, value: Value): string | undefined {
  const cases = isObject(action.raw['cases']) ? Object.entries(action.raw['cases']) : [];
  return cases.find(([, part]) => isObject(part) && sameValue(part['case'] ?? null, value))?.[0];
}

/** The actions of a branch not taken read as skipped, so that `outputs` of them is null and not an error. */
function skipBranches(
  branches: readonly (ReadonlyMap<string, ActionDefinition> | undefined)[],
  frame: Frame,
  run: FlowRun,
): void {
  const now = run.timestamp();
  for (const action of branches.flatMap((branch) => [...(branch?.values() ?? [])])) {
    frame.records.set(action.name, {
      name: action.name,
      path: frame.path + action.name,
      status: 'Skipped',
      code: 'ActionBranchingConditionNotSatisfied',
      inputs: null,
      outputs: null,
      error: undefined,
      startTime: now,
      endTime: now,
      attempts: 0,
      variable: undefined,
      secured: { inputs: false, outputs: false },
    });
  }
}

/** Sequential unless the flow says otherwise: Power Automate's default degree is 1, its highest 50. */
export const foreach: ActionRunner = async (action, frame, run) => {
  const items = resolve(action.raw['foreach'] ?? null, run.scope(frame));
  if (!isArray(items)) {
    return failed(
      'InvalidTemplate',
      `The execution of template action '${action.name}' failed: the result of the evaluation of 'foreach' expression is of type '${typeName(items)}'. The result must be a valid array.`,
    );
  }
  const { foreachItems } = run.services.plan;
  if (items.length > foreachItems)
    return failed(
      'ForeachItemsLimitExceeded',
      `The loop '${action.name}' has ${items.length} items; ${foreachItems} are the most.`,
    );
  const degree = Math.min(Math.max(repetitionsOf(action), 1), 50);
  const statuses: string[] = [];
  const kept = keptRepetitions(action, frame, run);
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < items.length && !frame.cut.aborted; index = next++) {
      const inside = repetition(frame, action.name, index, items[index]!);
      statuses[index] = await run.runActions(action.actions, inside);
      if (kept !== undefined) kept[index] = inside;
    }
  };
  await Promise.all(Array.from({ length: Math.min(degree, items.length) }, worker));
  const bad = statuses.find((status) => status !== 'Succeeded');
  return closed(bad === undefined ? 'Succeeded' : 'Failed', { iterationCount: BigInt(items.length) });
};

/** Where repetitions go when something outside the loop reads them; else they are forgotten. */
function keptRepetitions(action: ActionDefinition, frame: Frame, run: FlowRun): Frame[] | undefined {
  if (!run.places.isReadFromOutside(action)) return undefined;
  const kept: Frame[] = [];
  frame.repetitions.set(action.name, kept);
  return kept;
}

function repetitionsOf(action: ActionDefinition): number {
  if (/\bsequential\b/i.test(String(action.raw['operationOptions'] ?? ''))) return 1;
  const configuration = action.raw['runtimeConfiguration'];
  const concurrency = isObject(configuration) ? configuration['concurrency'] : undefined;
  return isObject(concurrency) ? Number(concurrency['repetitions'] ?? 1) : 1;
}

/** The body runs, then the condition is tested; reaching a limit is no failure unless the flow asks for one. */
export const until: ActionRunner = async (action, frame, run) => {
  const limits = resolve(action.raw['limit'] ?? null, run.scope(frame));
  const limit = isObject(limits) ? limits : {};
  const most = Math.min(Number(limit['count'] ?? 60), untilCount);
  const deadline = run.services.clock.now().getTime() + (readDuration(limit['timeout'] ?? 'PT1H') ?? 3600_000);
  const kept = keptRepetitions(action, frame, run);
  for (let index = 0; index < most; index++) {
    const inside = repetition(frame, action.name, index, null);
    const status = await run.runActions(action.actions, inside);
    kept?.push(inside);
    const soFar = { name: action.name, status: 'Running', outputs: { iterationCount: BigInt(index + 1) } };
    const here = run.scope(inside, undefined, { current: soFar });
    if (frame.cut.aborted || evaluateCondition(action.raw['expression'] ?? null, here)) {
      return closed(status, { iterationCount: BigInt(index + 1) });
    }
    if (run.services.clock.now().getTime() >= deadline) break;
  }
  const fails = /failwhenlimitsreached/i.test(String(action.raw['operationOptions'] ?? ''));
  return fails
    ? failed('UntilLimitReached', `The loop '${action.name}' reached its limit before its condition held.`)
    : closed('Succeeded', null);
};

function closed(status: string, outputs: Value): Outcome {
  if (status === 'Succeeded' || status === 'Skipped') return { status: 'Succeeded', code: 'OK', outputs };
  return { status: status as Outcome['status'], code: 'ActionFailed', outputs, error: containerFailed };
}

export const terminate: ActionRunner = async (action, frame, run) => {
  const inputs = resolve(action.inputs, run.scope(frame));
  const given = isObject(inputs) ? inputs : {};
  const status = String(given['runStatus'] ?? 'Succeeded');
  const ends = (['Succeeded', 'Failed', 'Cancelled'] as const).find(
    (one) => one.toLowerCase() === status.toLowerCase(),
  );
  if (ends === undefined)
    return failed('InvalidTerminateStatus', `A run can be ended as Succeeded, Failed or Cancelled, not '${status}'.`, {
      inputs,
    });
  const error = isObject(given['runError']) ? given['runError'] : undefined;
  run.end(
    ends,
    error === undefined
      ? undefined
      : { code: String(error['code'] ?? 'Terminated'), message: String(error['message'] ?? '') },
  );
  return { status: 'Succeeded', code: 'Terminated', inputs, outputs: null };
};
