import { ExpressionError } from '../expressions/expression-error.ts';
import { findFunction } from '../expressions/functions/index.ts';
import { readJson } from '../expressions/json.ts';
import { asText } from '../expressions/as-text.ts';
import { resolve } from '../expressions/template.ts';
import { isArray, isObject, typeName, type Value, type ValueObject } from '../expressions/value.ts';
import type { FlowRun } from '../runs/flow-run.ts';
import type { Frame } from '../runs/frame.ts';
import { failed, succeeded, type Outcome } from '../runs/outcome.ts';
import { checkSchema } from '../definition/check-schema.ts';
import type { ActionDefinition } from '../definition/model.ts';
import { resolvedObject, type ActionRunner } from './action-runner.ts';
import { evaluateCondition } from './condition.ts';

/** Filter array: `where` is evaluated for every element as `item()`. */
export const query: ActionRunner = async (action, frame, run) => {
  const from = readFrom(action, frame, run);
  const where = raw(action)['where'] ?? null;
  const body = from.filter((item) => evaluateCondition(where, run.scope(frame, item)));
  return succeeded({ body }, { inputs: { from } });
};

export const select: ActionRunner = async (action, frame, run) => {
  const from = readFrom(action, frame, run);
  const shape = raw(action)['select'] ?? null;
  return succeeded({ body: from.map((item) => resolve(shape, run.scope(frame, item))) }, { inputs: { from } });
};

export const join: ActionRunner = async (action, frame, run) => {
  const from = readFrom(action, frame, run);
  const joinWith = asText(resolvedObject(action, frame, run)['joinWith'] ?? '');
  return succeeded({ body: from.map(asText).join(joinWith) }, { inputs: { from, joinWith } });
};

/** CSV or HTML. Text is escaped for either: a customer's name is data, whatever it holds. */
export const table: ActionRunner = async (action, frame, run) => {
  const from = readFrom(action, frame, run);
  const format = asText(raw(action)['format'] ?? 'HTML').toUpperCase();
  const columns = raw(action)['columns'];
  const cells = isArray(columns) ? columns.filter(isObject) : undefined;
  const headers = cells?.map((cell) => asText(resolve(cell['header'] ?? '', run.scope(frame)))) ?? namesOf(from);
  const rows = from.map((item) =>
    cells === undefined
      ? headers.map((name) => asText(isObject(item) ? (item[name] ?? null) : null))
      : cells.map((cell) => asText(resolve(cell['value'] ?? null, run.scope(frame, item)))),
  );
  return succeeded(
    { body: format === 'CSV' ? asCsv(headers, rows) : asHtml(headers, rows) },
    { inputs: { from, format } },
  );
};

function namesOf(from: readonly Value[]): string[] {
  return isObject(from[0]) ? Object.keys(from[0]) : [];
}

function asCsv(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  const quote = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return [headers, ...rows].map((cells) => cells.map(quote).join(',')).join('\r\n') + '\r\n';
}

function asHtml(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  const escape = (cell: string) =>
    cell.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
  const line = (tag: string, cells: readonly string[]) =>
    `<tr>${cells.map((cell) => `<${tag}>${escape(cell)}</${tag}>`).join('')}</tr>`;
  return `<table><thead>${line('th', headers)}</thead><tbody>${rows.map((cells) => line('td', cells)).join('')}</tbody></table>`;
}

/** Content that is text is read; then it has to be as the schema says. */
export const parseJson: ActionRunner = async (action, frame, run) => {
  const content = resolvedObject(action, frame, run)['content'] ?? null;
  if (content === null || content === '')
    return failed('InvalidTemplate', `The 'content' property of '${action.name}' is empty.`, { inputs: { content } });
  try {
    return parsed(action, typeof content === 'string' ? readJson(content) : content, { content });
  } catch (error) {
    return failed('InvalidJSON', `The content of '${action.name}' is not JSON: ${(error as Error).message}`, {
      inputs: { content },
    });
  }
};

/** @see https://learn.microsoft.com/azure/logic-apps/logic-apps-perform-data-operations#parse-json-action */
function parsed({ name, inputs }: ActionDefinition, body: Value, shown: ValueObject): Outcome {
  const schema = isObject(inputs) ? unescaped(inputs['schema'] ?? null) : null;
  const errors = checkSchema(body, schema);
  if (errors.length === 0) return succeeded({ body }, { inputs: shown });
  const told = errors.slice(0, 5).map(({ path, message }) => `${path}: ${message}`);
  return failed('ValidationFailed', `The schema validation of '${name}' failed. ${told.join(' ')}`, { inputs: shown });
}

/** Names that begin with `@` are written with two. */
function unescaped(schema: Value): Value {
  if (isArray(schema)) return schema.map(unescaped);
  if (typeof schema === 'string') return schema.startsWith('@@') ? schema.slice(1) : schema;
  if (!isObject(schema)) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([name, part]) => [name.startsWith('@@') ? name.slice(1) : name, unescaped(part)]),
  );
}

/** Function and the inputs that are its arguments, in order, by `kind`. */
export const expressionKinds: Record<string, readonly [name: string, ...inputs: string[]]> = {
  converttimezone: ['convertTimeZone', 'baseTime', 'sourceTimeZone', 'destinationTimeZone', 'formatString'],
  currenttime: ['utcNow'],
  addtotime: ['addToTime', 'baseTime', 'interval', 'timeUnit'],
  subtractfromtime: ['subtractFromTime', 'baseTime', 'interval', 'timeUnit'],
  getfuturetime: ['getFutureTime', 'interval', 'timeUnit'],
  getpasttime: ['getPastTime', 'interval', 'timeUnit'],
  formatnumber: ['formatNumber', 'number', 'format', 'locale'],
  indexof: ['indexOf', 'text', 'searchText'],
  substring: ['substring', 'text', 'startPosition', 'length'],
};

/** Date, number and text operations: a function of the language with its arguments as named inputs. */
export const expression: ActionRunner = async (action, frame, run) => {
  const inputs = resolvedObject(action, frame, run);
  const entry = expressionKinds[(action.kind ?? '').toLowerCase()];
  if (entry === undefined)
    return failed(
      'NotEmulated',
      `The operation '${action.kind}' of an Expression action is not emulated. See docs/support-matrix.md.`,
      { inputs },
    );
  const [name, ...names] = entry;
  const values = names
    .map((input) => inputs[input])
    .filter((value): value is Value => value !== undefined && value !== null);
  return succeeded({ body: findFunction(name).run(values, run.scope(frame)) }, { inputs });
};

function raw(action: ActionDefinition) {
  return isObject(action.inputs) ? action.inputs : {};
}

function readFrom(action: ActionDefinition, frame: Frame, run: FlowRun): readonly Value[] {
  const from = resolve(raw(action)['from'] ?? null, run.scope(frame));
  if (isArray(from)) return from;
  throw new ExpressionError(
    `The 'from' property value in the '${action.type.toLowerCase()}' action inputs is of type '${typeName(from)}'. The value must be an array.`,
  );
}
