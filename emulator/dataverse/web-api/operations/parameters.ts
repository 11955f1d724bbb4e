import type { Lookup } from '../../../query/index.ts';
import { readGuid } from '../../../kernel/index.ts';
import { faults } from '../../faults.ts';
import { isObject } from '../read-body.ts';
import { resolveReference } from '../references.ts';
import type { RequestContext } from '../request-context.ts';

/** Parameters of a function by name, aliases resolved, still as text: `EntityNames=@p1` with `@p1=['account']`. */
export function functionParameters({ aliases }: RequestContext, inside: string | undefined): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const part of splitTop(inside ?? '')) {
    const at = part.indexOf('=');
    if (at < 0) throw faults.queryNotSupported(`The parameter '${part.trim()}' of the function has no name.`);
    const value = part.slice(at + 1).trim();
    parameters.set(part.slice(0, at).trim(), value.startsWith('@') ? (aliases.get(value) ?? 'null') : value);
  }
  return parameters;
}

/** Splits at commas outside quotes and brackets of any kind. */
function splitTop(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = '';
  let part = '';
  for (const character of text) {
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === "'" || character === '"') quote = character;
    else if ('([{'.includes(character)) depth += 1;
    else if (')]}'.includes(character)) depth -= 1;
    if (character === ',' && depth === 0 && quote === '') {
      parts.push(part);
      part = '';
    } else part += character;
  }
  return [...parts, part].filter((one) => one.trim() !== '');
}

/** A JSON parameter of a function; single quotes are accepted for double ones. @throws Fault 0x80048d19 */
export function jsonParameter(parameters: ReadonlyMap<string, string>, name: string): unknown {
  const text = parameters.get(name);
  if (text === undefined) throw faults.invalidArgument(`Invalid Argument: the parameter '${name}' is missing.`);
  try {
    return JSON.parse(text.includes('"') ? text : text.replaceAll("'", '"'));
  } catch {
    throw faults.payload('', `The value of the parameter '${name}' is not valid JSON.`);
  }
}

/** A row as a parameter: `{'@odata.id':'accounts(…)'}`, or a typed object that carries its key. @throws Fault */
export async function rowParameter(context: RequestContext, value: unknown, name: string): Promise<Lookup> {
  const wrong = () => faults.invalidArgument(`Invalid Argument: the parameter '${name}' does not name a row.`);
  if (!isObject(value)) throw wrong();
  const url = value['@odata.id'];
  if (typeof url === 'string') return resolveReference(context, url);
  const type = /^#?Microsoft\.Dynamics\.CRM\.(\w+)$/.exec(String(value['@odata.type'] ?? ''))?.[1];
  const table = type === undefined ? undefined : context.parts.metadata.table(type);
  // Users and teams are principals, whose key is named `ownerid` too.
  const key = table === undefined ? undefined : (value[table.primaryId] ?? value['ownerid']);
  const id = readGuid(String(key ?? ''));
  if (table === undefined || id === undefined) throw wrong();
  return { table: table.logicalName, id };
}
