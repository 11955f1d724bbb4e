import type { ActionDefinition, ActionMap } from '../definition/model.ts';
import { asText } from '../expressions/as-text.ts';
import { isArray, isNumber, isObject, typeName, type Value } from '../expressions/value.ts';
import type { FlowRun } from '../runs/flow-run.ts';
import { failed, succeeded, type Outcome } from '../runs/outcome.ts';
import { resolvedObject, type ActionRunner } from './action-runner.ts';

/** What a variable holds when it is declared without a value. Decided for `object`: null is not documented either way. */
const emptyValues: Record<string, Value> = {
  string: '',
  array: [],
  integer: 0n,
  float: 0,
  boolean: false,
  object: null,
};

export const initializeVariable: ActionRunner = async (action, frame, run) => {
  const inputs = resolvedObject(action, frame, run);
  const [declared] = isArray(inputs['variables']) ? inputs['variables'] : [];
  if (!isObject(declared))
    return failed('InvalidVariableInitialization', `The action '${action.name}' declares no variable.`, { inputs });
  const name = asText(declared['name'] ?? '');
  const type = asText(declared['type'] ?? '').toLowerCase();
  if (!(type in emptyValues))
    return failed(
      'InvalidVariableType',
      `The variable '${name}' cannot be of type '${asText(declared['type'] ?? '')}'.`,
      { inputs },
    );
  if (run.variables.has(name.toLowerCase()))
    return failed('InvalidVariableInitialization', `The variable '${name}' is initialized twice.`, { inputs });
  return assign(run, name, declared['value'] ?? emptyValues[type]!, inputs, type);
};

export const setVariable: ActionRunner = async (action, frame, run) => {
  const { name, value, inputs } = readInputs(action, frame, run);
  return change(run, name, inputs, () => value);
};

export const incrementVariable: ActionRunner = async (action, frame, run) => {
  const { name, value, inputs } = readInputs(action, frame, run);
  return change(run, name, inputs, (old) => add(old, value ?? 1n, 1));
};

export const decrementVariable: ActionRunner = async (action, frame, run) => {
  const { name, value, inputs } = readInputs(action, frame, run);
  return change(run, name, inputs, (old) => add(old, value ?? 1n, -1));
};

export const appendToArrayVariable: ActionRunner = async (action, frame, run) => {
  const { name, value, inputs } = readInputs(action, frame, run);
  return change(run, name, inputs, (old) => (isArray(old) ? [...old, value] : undefined));
};

export const appendToStringVariable: ActionRunner = async (action, frame, run) => {
  const { name, value, inputs } = readInputs(action, frame, run);
  return change(run, name, inputs, (old) => (typeof old === 'string' ? old + asText(value) : undefined));
};

function readInputs(action: ActionDefinition, frame: Parameters<ActionRunner>[1], run: FlowRun) {
  const inputs = resolvedObject(action, frame, run);
  return { inputs, name: asText(inputs['name'] ?? ''), value: inputs['value'] ?? null };
}

function change(run: FlowRun, name: string, inputs: Value, next: (old: Value) => Value | undefined): Outcome {
  const old = run.variables.get(name.toLowerCase());
  if (old === undefined)
    return failed('InvalidVariableOperation', `The variable '${name}' must be initialized before it can be used.`, {
      inputs,
    });
  const value = next(old);
  if (value === undefined)
    return failed(
      'InvalidVariableOperation',
      `The variable '${name}' of type '${typeName(old)}' does not take this operation.`,
      { inputs },
    );
  return assign(run, name, value, inputs, declaredType(run.definition.actions, name));
}

function assign(run: FlowRun, name: string, given: Value, inputs: Value, type: string | undefined): Outcome {
  const value = fit(given, type);
  if (value === undefined) {
    const written = `${type![0]!.toUpperCase()}${type!.slice(1)}`;
    return failed(
      'InvalidVariableOperation',
      `The variable '${name}' of type '${written}' cannot be initialized or updated with value of type '${typeName(given)}'. The variable '${name}' only supports values of types '${type === 'float' ? 'Integer, Float' : written}'.`,
      { inputs },
    );
  }
  // At once: a repetition beside this one must not read the old value in between.
  run.setVariable(name, value);
  return succeeded({ body: { name, value } }, { inputs, variable: { name, value } });
}

/** The value as the variable's type holds it; undefined when it does not fit. */
function fit(value: Value, type: string | undefined): Value | undefined {
  if (value === null || type === undefined) return value;
  if (type === 'string') return typeof value === 'string' ? value : undefined;
  if (type === 'boolean') return typeof value === 'boolean' ? value : undefined;
  if (type === 'array') return isArray(value) ? value : undefined;
  if (type === 'float') return isNumber(value) ? Number(value) : undefined;
  if (type === 'integer') return typeof value === 'bigint' ? value : undefined;
  if (type === 'object') return isObject(value) ? value : undefined;
  return value;
}

function add(old: Value, by: Value, sign: 1 | -1): Value | undefined {
  if (typeof old === 'bigint' && typeof by === 'bigint') return old + BigInt(sign) * by;
  return isNumber(old) && isNumber(by) ? Number(old) + sign * Number(by) : undefined;
}

/** Variables are declared at the top level only. */
function declaredType(actions: ActionMap, name: string): string | undefined {
  for (const { inputs, type } of actions.values()) {
    if (type.toLowerCase() !== 'initializevariable' || !isObject(inputs) || !isArray(inputs['variables'])) continue;
    const [declared] = inputs['variables'];
    if (isObject(declared) && String(declared['name']).toLowerCase() === name.toLowerCase())
      return String(declared['type']).toLowerCase();
  }
  return undefined;
}
