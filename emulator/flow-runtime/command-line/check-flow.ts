import { actionTypes, missingActionTypes } from '../actions/index.ts';
import type { ActionDefinition, FlowDefinition } from '../definition/model.ts';
import { DefinitionError, readDefinition } from '../definition/read-definition.ts';
import { functions } from '../expressions/functions/index.ts';
import { isObject, type Value } from '../expressions/value.ts';
import { checkConnector } from './check-connector.ts';
import { checkLimits } from './check-limits.ts';
import type { Finding, RuleName, Said } from './finding.ts';
import { requestsOf, type Requests } from './requests.ts';
import { callsOf, callsOfTrigger, placed, type Call, type Placed } from './walk.ts';

export interface FlowReport {
  readonly findings: readonly Finding[];
  /** Undefined when the definition cannot be read. */
  readonly requests: Requests | undefined;
}

const lower = (names: Iterable<string>) => new Set([...names].map((name) => name.toLowerCase()));
const knownFunctions = lower(functions.map(({ name }) => name));
const knownTypes = lower(Object.keys(actionTypes));
const lackingTypes = lower(Object.keys(missingActionTypes));

/** Functions whose first argument names an action. */
const ofAction = new Set(['outputs', 'body', 'actions', 'actionoutputs', 'actionbody', 'result']);

/** Looks a flow definition through without running it. */
export function checkFlow(json: string): FlowReport {
  let flow: FlowDefinition;
  try {
    flow = readDefinition(json);
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    return { findings: [{ rule: 'unreadable', where: '', message: error.message }], requests: undefined };
  }
  const all = placed(flow.actions);
  const findings = [
    ...checkLimits(all),
    ...checkTrigger(flow, all),
    ...all.flatMap((one) => checkAction(one, flow, all)),
  ];
  return { findings, requests: requestsOf(flow) };
}

function checkTrigger(flow: FlowDefinition, all: readonly Placed[]): Finding[] {
  const { trigger } = flow;
  const say = (rule: RuleName, message: string): Finding => ({ rule, where: trigger.name, message });
  const { calls, errors } = callsOfTrigger(flow);
  const findings = [
    ...checkConnector(trigger, flow).map(([rule, message]) => say(rule, message)),
    ...errors.map((message) => say('unreadable-expression', message)),
    ...calls.flatMap((call) => checkCall(call, [], flow, all).map(([rule, message]) => say(rule, message))),
  ];
  const settings = isObject(trigger.raw['runtimeConfiguration']) ? trigger.raw['runtimeConfiguration'] : {};
  const isWebhook = /webhook$/i.test(trigger.type);
  const writes = all.some((one) => isWrite(one.action) && !isTakenUp(one, all));
  if (isWebhook && writes && settings['concurrency'] === undefined)
    findings.push(
      say(
        'no-concurrency',
        'Runs of this trigger overlap without a limit, and the flow writes without taking up a failure: another run may have written first. Take it up, or set the degree of parallelism.',
      ),
    );
  return findings;
}

function checkAction({ action, around }: Placed, flow: FlowDefinition, all: readonly Placed[]): Finding[] {
  const say = (rule: RuleName, message: string): Finding => ({ rule, where: action.name, message });
  const { calls, errors } = callsOf(action);
  return [
    ...checkType(action, flow).map(([rule, message]) => say(rule, message)),
    ...errors.map((message) => say('unreadable-expression', message)),
    ...calls.flatMap((call) => checkCall(call, around, flow, all).map(([rule, message]) => say(rule, message))),
    ...checkSelf(action, calls).map(([rule, message]) => say(rule, message)),
    ...checkBranches(action).map(([rule, message]) => say(rule, message)),
    ...checkOrder(action, around, all).map(([rule, message]) => say(rule, message)),
    ...checkRetry({ action, around }, all).map(([rule, message]) => say(rule, message)),
  ];
}

function checkType(action: ActionDefinition, flow: FlowDefinition): readonly Said[] {
  const { type } = action;
  const name = type.toLowerCase();
  if (lackingTypes.has(name)) return [['not-emulated', `Actions of type '${type}' are not run here.`]];
  if (!knownTypes.has(name)) return [['unknown-type', `There is no action type '${type}'.`]];
  return checkConnector(action, flow);
}

function checkCall(
  call: Call,
  around: readonly ActionDefinition[],
  flow: FlowDefinition,
  all: readonly Placed[],
): Said[] {
  const name = call.name.toLowerCase();
  if (!knownFunctions.has(name)) return [['unknown-function', `There is no function '${call.name}'.`]];
  const [first] = call.arguments;
  const named = first?.kind === 'literal' && typeof first.value === 'string' ? first.value : undefined;
  if (named === undefined) return [];
  const isSame = (one: string) => one.toLowerCase() === named.toLowerCase();
  if (ofAction.has(name) && !all.some(({ action }) => isSame(action.name)))
    return [['missing-action', `'${call.name}' names the action '${named}', which the flow has not.`]];
  if ((name === 'items' || name === 'iterationindexes') && !around.some((one) => isSame(one.name)))
    return [['missing-loop', `'${call.name}' names the loop '${named}', which is not around this action.`]];
  if (name === 'variables' && !all.some(({ action }) => declares(action).some(isSame)))
    return [['missing-variable', `The variable '${named}' is initialized nowhere.`]];
  if (name === 'parameters' && !named.startsWith('$') && ![...flow.parameters.keys()].some(isSame))
    return [['missing-parameter', `The parameter '${named}' is not declared.`]];
  return [];
}

function declares({ type, inputs }: ActionDefinition): string[] {
  if (type.toLowerCase() !== 'initializevariable' || !isObject(inputs)) return [];
  const list = inputs['variables'];
  return Array.isArray(list) ? list.map((one) => (isObject(one) ? String(one['name'] ?? '') : '')) : [];
}

/** The platform refuses to save a variable that is set from itself. */
function checkSelf({ type, inputs }: ActionDefinition, calls: readonly Call[]): Said[] {
  if (!/^(set|increment|decrement|appendto.*)variable$/i.test(type) || !isObject(inputs)) return [];
  const own = String(inputs['name'] ?? '').toLowerCase();
  const isOwn = ({ name, arguments: [first] }: Call) =>
    name.toLowerCase() === 'variables' && first?.kind === 'literal' && String(first.value).toLowerCase() === own;
  return calls.some(isOwn)
    ? [['self-reference', `It sets the variable '${own}' from itself, which cannot be saved: compose the value first.`]]
    : [];
}

/** Branches no value leads to: of a condition that is a constant, and the second of two cases of the same value. */
function checkBranches({ type, raw }: ActionDefinition): Said[] {
  const { expression } = raw;
  if (type.toLowerCase() === 'if' && (typeof expression === 'boolean' || /^@?(true|false)$/i.test(String(expression))))
    return [
      ['unreachable', `Its condition is always ${String(expression).replace('@', '')}: one branch is never taken.`],
    ];
  if (type.toLowerCase() !== 'switch' || !isObject(raw['cases'])) return [];
  const values = Object.entries(raw['cases']).map(([name, one]) => [name, JSON.stringify(caseOf(one))] as const);
  return values.flatMap(([name, value], index): Said[] => {
    const earlier = values.slice(0, index).find(([, other]) => other === value);
    return earlier === undefined
      ? []
      : [['unreachable', `The case '${name}' has the value of '${earlier[0]}', which comes first.`]];
  });
}

function caseOf(one: Value): string {
  const value = isObject(one) ? (one['case'] ?? null) : null;
  return `${typeof value} ${String(value)}`;
}

/** What is never reached, and what loops in parallel do to each other. */
function checkOrder(action: ActionDefinition, around: readonly ActionDefinition[], all: readonly Placed[]): Said[] {
  const said: Said[] = [];
  const before = [...action.runAfter.keys()].map((name) => all.find((one) => one.action.name === name)?.action);
  const terminate = before.find((one) => one?.type.toLowerCase() === 'terminate');
  if (terminate !== undefined) said.push(['unreachable', `It runs after '${terminate.name}', which ends the run.`]);
  const loop = around.find((one) => one.type.toLowerCase() === 'foreach' && isParallel(one));
  if (loop !== undefined && /variable$/i.test(action.type) && action.type.toLowerCase() !== 'initializevariable')
    said.push([
      'parallel-variable',
      `The loop '${loop.name}' runs in parallel, and variables belong to the whole run.`,
    ]);
  return said;
}

function isParallel({ raw }: ActionDefinition): boolean {
  const settings = isObject(raw['runtimeConfiguration']) ? raw['runtimeConfiguration'] : {};
  const concurrency = isObject(settings['concurrency']) ? settings['concurrency'] : undefined;
  return concurrency !== undefined && Number(concurrency['repetitions'] ?? 2) > 1;
}

const writing = /^(create|update|delete|post|patch|put|send|associate|disassociate|perform)/i;

function isWrite({ type, inputs }: ActionDefinition): boolean {
  const host = isObject(inputs) && isObject(inputs['host']) ? inputs['host'] : {};
  return type.toLowerCase() === 'openapiconnection' && writing.test(String(host['operationId'] ?? ''));
}

/** Whether something runs after the failure of the action, or of a scope around it: a catch. */
const isTakenUp = ({ action, around }: Placed, all: readonly Placed[]) =>
  [action, ...around].some(({ name }) => all.some((one) => one.action.runAfter.get(name)?.includes('Failed')));

/** A write that is tried once and whose failure nobody takes up is lost with the first hiccup. */
function checkRetry({ action, around }: Placed, all: readonly Placed[]): Said[] {
  const policy = isObject(action.inputs) && isObject(action.inputs['retryPolicy']) ? action.inputs['retryPolicy'] : {};
  if (!isWrite(action) || String(policy['type'] ?? '').toLowerCase() !== 'none') return [];
  return isTakenUp({ action, around }, all)
    ? []
    : [['no-retry', 'It writes, is tried once only, and nothing takes up its failure.']];
}
