import { DefinitionError } from './definition-error.ts';
import { readStatus } from './read-status.ts';
import { JsonError, readJson } from '../expressions/json.ts';
import { isArray, isObject, type Value, type ValueObject } from '../expressions/value.ts';
import type {
  ActionDefinition,
  ActionMap,
  ActionStatus,
  ConnectionDefinition,
  FlowDefinition,
  ParameterDefinition,
  TriggerDefinition,
} from './model.ts';

export { DefinitionError };

/**
 * Reads a flow's JSON: the solution form (`properties.definition`), the legacy package form, the one workflow of a deployment
 * template, or the bare definition.
 * Lenient where real files are: byte-order mark, any order of actions, upper-case statuses, missing parts.
 */
export function readDefinition(json: string | Value): FlowDefinition {
  const whole = typeof json === 'string' ? readText(json) : json;
  if (!isObject(whole)) throw new DefinitionError('A flow definition is a JSON object.');
  const form = workflowIn(whole['resources']) ?? whole;
  const properties = isObject(form['properties']) ? form['properties'] : form;
  const definition = isObject(properties['definition']) ? properties['definition'] : properties;
  const actions = readActions(definition['actions'], 'the flow');
  checkNames(actions, new Set());
  return {
    trigger: readTrigger(definition['triggers']),
    actions,
    parameters: readParameters(definition['parameters']),
    connections: readConnections(properties['connectionReferences']),
    staticResults: readStaticResults(definition['staticResults']),
  };
}

/** Of the resources of an Azure deployment template. */
function workflowIn(resources: Value | undefined): ValueObject | undefined {
  const found = isArray(resources) ? resources.filter(isObject) : [];
  return found.find(({ type }) => /^microsoft\.logic\/workflows$/i.test(text(type)));
}

function readText(text: string): Value {
  try {
    return readJson(text);
  } catch (error) {
    if (error instanceof JsonError) throw new DefinitionError(`The flow definition is not JSON: ${error.message}`);
    throw error;
  }
}

function readTrigger(triggers: Value | undefined): TriggerDefinition {
  const [first, ...others] = isObject(triggers) ? Object.entries(triggers) : [];
  if (first === undefined || others.length > 0) throw new DefinitionError('A flow has exactly one trigger.');
  const [name, raw] = first;
  if (!isObject(raw)) throw new DefinitionError(`The trigger '${name}' is not an object.`);
  const conditions = isArray(raw['conditions']) ? raw['conditions'] : [];
  return {
    name,
    type: text(raw['type']),
    kind: optionalText(raw['kind']),
    inputs: inputsOf(raw) ?? {},
    conditions: conditions.map((condition) => text(isObject(condition) ? condition['expression'] : condition)),
    splitOn: optionalText(raw['splitOn']),
    recurrence: isObject(raw['recurrence']) ? raw['recurrence'] : undefined,
    raw,
  };
}

/**
 * What the inputs of a connector say of `authentication` is not read: the connection is signed in, and the headers older
 * definitions take the connection's key from come with no call here.
 */
function inputsOf({ type, inputs }: ValueObject): Value | undefined {
  if (!isObject(inputs) || !/^(open)?apiconnection/i.test(text(type))) return inputs;
  const { authentication: _authentication, ...rest } = inputs;
  return rest;
}

/** `runAfter` may name an action in another letter case than it is written in. */
function withNamesAsWritten(action: ActionDefinition, beside: ValueObject): ActionDefinition {
  const asWritten = (name: string) =>
    name in beside ? name : (Object.keys(beside).find((one) => one.toLowerCase() === name.toLowerCase()) ?? name);
  return { ...action, runAfter: new Map([...action.runAfter].map(([name, is]) => [asWritten(name), is])) };
}

function readActions(actions: Value | undefined, where: string): ActionMap {
  if (actions === undefined || actions === null) return new Map();
  if (!isObject(actions)) throw new DefinitionError(`The actions of ${where} are not an object.`);
  const map = new Map(
    Object.entries(actions).map(([name, raw]) => [name, withNamesAsWritten(readAction(name, raw), actions)]),
  );
  for (const action of map.values()) {
    for (const before of action.runAfter.keys()) {
      if (!map.has(before))
        throw new DefinitionError(`The action '${action.name}' runs after '${before}', which is not beside it.`);
    }
  }
  refuseCycles(map);
  return map;
}

function refuseCycles(map: ActionMap): void {
  const done = new Set<string>();
  function visit(name: string, path: readonly string[]): void {
    if (path.includes(name))
      throw new DefinitionError(
        `The actions ${[...path, name].map((one) => `'${one}'`).join(' → ')} wait for each other.`,
      );
    if (done.has(name)) return;
    for (const before of map.get(name)!.runAfter.keys()) visit(before, [...path, name]);
    done.add(name);
  }
  for (const name of map.keys()) visit(name, []);
}

function readAction(name: string, raw: Value): ActionDefinition {
  if (!isObject(raw)) throw new DefinitionError(`The action '${name}' is not an object.`);
  const where = `'${name}'`;
  const branches = new Map<string, ActionMap>();
  for (const branch of ['else', 'default'] as const) {
    const part = raw[branch];
    if (isObject(part)) branches.set(branch, readActions(part['actions'], `the ${branch} branch of ${where}`));
  }
  for (const [label, part] of isObject(raw['cases']) ? Object.entries(raw['cases']) : []) {
    if (isObject(part)) branches.set(`case:${label}`, readActions(part['actions'], `the case '${label}' of ${where}`));
  }
  return {
    name,
    type: text(raw['type']),
    kind: optionalText(raw['kind']),
    runAfter: readRunAfter(name, raw['runAfter']),
    inputs: inputsOf(raw) ?? null,
    actions: readActions(raw['actions'], where),
    branches,
    raw,
  };
}

function readRunAfter(name: string, runAfter: Value | undefined): Map<string, readonly ActionStatus[]> {
  if (runAfter === undefined || runAfter === null) return new Map();
  if (!isObject(runAfter)) throw new DefinitionError(`The runAfter of '${name}' is not an object.`);
  return new Map(
    Object.entries(runAfter).map(([before, list]) => [
      before,
      (isArray(list) ? list : []).map((status) => readStatus(name, text(status))),
    ]),
  );
}

/** Names are unique in the whole flow: `outputs('X')` would not know which X. */
function checkNames(actions: ActionMap, seen: Set<string>): void {
  for (const action of actions.values()) {
    const name = action.name.toLowerCase();
    if (seen.has(name)) throw new DefinitionError(`Two actions are named '${action.name}'.`);
    seen.add(name);
    checkNames(action.actions, seen);
    for (const branch of action.branches.values()) checkNames(branch, seen);
  }
}

function readParameters(parameters: Value | undefined): Map<string, ParameterDefinition> {
  const entries = isObject(parameters) ? Object.entries(parameters) : [];
  return new Map(entries.flatMap(([name, raw]) => (isObject(raw) ? [[name, readParameter(name, raw)] as const] : [])));
}

function readParameter(name: string, raw: ValueObject): ParameterDefinition {
  const metadata = isObject(raw['metadata']) ? raw['metadata'] : {};
  return {
    name,
    type: text(raw['type']),
    defaultValue: raw['defaultValue'],
    schemaName: optionalText(metadata['schemaName']),
  };
}

function readStaticResults(results: Value | undefined): Map<string, ValueObject> {
  const entries = isObject(results) ? Object.entries(results) : [];
  return new Map(entries.flatMap(([name, result]) => (isObject(result) ? [[name, result] as const] : [])));
}

function readConnections(references: Value | undefined): Map<string, ConnectionDefinition> {
  const entries = isObject(references) ? Object.entries(references) : [];
  return new Map(
    entries.map(([key, raw]) => {
      const part = isObject(raw) ? raw : {};
      const connection = isObject(part['connection']) ? part['connection'] : {};
      const api = isObject(part['api']) ? optionalText(part['api']['name']) : undefined;
      // Packages name the connector by its whole id.
      const id = optionalText(part['id'])?.split('/').at(-1);
      return [
        key,
        { key, api: api ?? id ?? key, logicalName: optionalText(connection['connectionReferenceLogicalName']) },
      ];
    }),
  );
}

function text(value: Value | undefined): string {
  return typeof value === 'string' ? value : '';
}

function optionalText(value: Value | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
