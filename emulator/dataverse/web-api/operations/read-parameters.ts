import { readGuid } from '../../../kernel/index.ts';
import { normalizeDate } from '../../../odata/index.ts';
import type { Lookup } from '../../../query/index.ts';
import { faults } from '../../faults.ts';
import { edmTypes } from '../../messages/operations/edm-types.ts';
import type {
  Parameter,
  Parameters,
  ParameterValue,
  RowValue,
  Signature,
} from '../../messages/operations/operation.ts';
import { parseBody } from '../parse-body.ts';
import { isObject, readBody, type JsonObject } from '../read-body.ts';
import { resolveReference } from '../references.ts';
import type { RequestContext } from '../request-context.ts';
import { functionParameters, rowParameter } from './parameters.ts';

/** The parameters of a call, each of its declared type. @throws Fault for one that is missing, unknown or of another type */
export async function readParameters(
  context: RequestContext,
  signature: Signature,
  inside: string | undefined,
): Promise<Parameters> {
  const given = signature.isFunction ? functionValues(context, signature, inside) : actionValues(context, signature);
  const unknown = Object.keys(given).find((name) => !signature.parameters.some((one) => one.name === name));
  if (unknown !== undefined)
    throw faults.payload(
      '',
      `Microsoft.OData.ODataException: The parameter '${unknown}' in the request payload is not a valid parameter for the operation '${signature.name}'.`,
    );
  const read: Record<string, ParameterValue> = {};
  for (const parameter of signature.parameters) {
    const value = given[parameter.name];
    if (value !== undefined && value !== null) read[parameter.name] = await readParameter(context, parameter, value);
    else if (parameter.isOptional !== true) throw faults.parameterMissing(parameter.name, signature.name);
  }
  return read;
}

/** An action without parameters may come without a body. */
function actionValues(context: RequestContext, signature: Signature): JsonObject {
  if (context.request.body.length === 0) return {};
  const body = parseBody(context, signature.name);
  return Object.fromEntries(Object.entries(body).filter(([name]) => !name.includes('@')));
}

/** Literals of a URL: JSON, `'text'` with doubled quotes, `Namespace.Enum'Member'`, and bare words. */
function functionValues(context: RequestContext, signature: Signature, inside: string | undefined): JsonObject {
  const values: Record<string, unknown> = {};
  for (const [name, text] of functionParameters(context, inside)) {
    const type = signature.parameters.find((one) => one.name === name)?.type;
    values[name] = readLiteral(text, type);
  }
  return values;
}

function readLiteral(text: string, type: Parameter['type'] | undefined): unknown {
  if (text === 'null') return null;
  const quoted = /^'(.*)'$/s.exec(text)?.[1]?.replaceAll("''", "'");
  if (type === 'enum') return /'(.*)'$/s.exec(text)?.[1] ?? text;
  if (quoted !== undefined) return quoted;
  if (type === 'guid' || type === 'dateTime' || type === 'string') return text;
  try {
    return JSON.parse(text.includes('"') ? text : text.replaceAll("'", '"')) as unknown;
  } catch {
    return text;
  }
}

async function readParameter(context: RequestContext, parameter: Parameter, value: unknown): Promise<ParameterValue> {
  const { name, type } = parameter;
  switch (type) {
    case 'entityReference':
      return requireTable(parameter, await rowParameter(context, value, name));
    case 'entity':
      return readRowValue(context, parameter, value);
    case 'entityCollection':
      if (!Array.isArray(value)) throw wrong(parameter, value);
      return Promise.all(value.map((one) => readRowValue(context, parameter, one)));
    case 'pagingInfo':
      if (!isObject(value)) throw wrong(parameter, value);
      return value;
    case 'rolePrivileges':
      if (!Array.isArray(value) || !value.every(isObject)) throw wrong(parameter, value);
      return value;
    default: {
      const read = readPlain(type, value);
      if (read === undefined) throw wrong(parameter, value);
      return read;
    }
  }
}

function readPlain(type: Parameter['type'], value: unknown): ParameterValue | undefined {
  switch (type) {
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'integer':
    case 'picklist':
    case 'long':
      return typeof value === 'number' && Number.isInteger(value) ? value : undefined;
    case 'decimal':
    case 'float':
    case 'money':
      return typeof value === 'number' ? value : undefined;
    case 'guid':
      return typeof value === 'string' ? readGuid(value) : undefined;
    case 'dateTime':
      return typeof value === 'string' ? normalizeDate(value) : undefined;
    case 'binary':
      return typeof value === 'string' ? Buffer.from(value, 'base64') : undefined;
    case 'stringArray':
      return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : undefined;
    default:
      return typeof value === 'string' ? value : undefined;
  }
}

/** A row in a parameter; its type may be left out where the parameter has one. */
async function readRowValue(context: RequestContext, parameter: Parameter, value: unknown): Promise<RowValue> {
  if (!isObject(value)) throw wrong(parameter, value);
  const stated = /^#?(?:Microsoft\.Dynamics\.CRM|mscrm)\.(\w+)$/.exec(String(value['@odata.type'] ?? ''))?.[1];
  const table = context.parts.metadata.table(stated ?? parameter.table ?? '');
  if (table === undefined || (parameter.table !== undefined && parameter.table !== table.logicalName))
    throw wrong(parameter, value);
  const { row, parents, children } = await readBody(table, value, true, (url) => resolveReference(context, url));
  if (parents.length > 0 || children.length > 0)
    throw faults.payload(table.entitySetName, `The row in the parameter '${parameter.name}' holds other rows.`);
  const { [table.primaryId]: id, ...columns } = row;
  return { table: table.logicalName, id: typeof id === 'string' ? id : undefined, row: columns };
}

function requireTable(parameter: Parameter, lookup: Lookup): Lookup {
  if (parameter.table === undefined || parameter.table === lookup.table) return lookup;
  throw faults.invalidArgument(
    `Invalid Argument: the parameter '${parameter.name}' takes a row of '${parameter.table}', not of '${lookup.table}'.`,
  );
}

const wrong = ({ name, type }: Parameter, value: unknown) =>
  faults.payload(
    '',
    `Microsoft.OData.ODataException: Cannot convert the value '${String(typeof value === 'string' ? value : JSON.stringify(value))}' of the parameter '${name}' to the expected type '${edmTypes[type]}'.`,
  );
