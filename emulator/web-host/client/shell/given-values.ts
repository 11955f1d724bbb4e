import type { LookupValue, Value } from '../form/form-model';
import type { Column, Table } from '../web-api/metadata';

const isLookup = (value: Value): value is readonly LookupValue[] => Array.isArray(value);

/**
 * Values of a new row as the documented parameter `extraqs` of main.aspx has them: `name=Oak&customerid={id}&customeridname=…`.
 *
 * @see https://learn.microsoft.com/power-apps/developer/model-driven-apps/set-field-values-using-parameters-passed-form
 */
export function writeValues(values: ReadonlyMap<string, Value>): string | undefined {
  const query = new URLSearchParams();
  for (const [name, value] of values) {
    const [lookup] = isLookup(value) ? value : [];
    if (lookup !== undefined) {
      query.set(name, `{${lookup.id}}`);
      query.set(`${name}name`, lookup.name);
      query.set(`${name}type`, lookup.entityType);
    } else if (value instanceof Date) query.set(name, value.toISOString());
    else if (value !== null && !isLookup(value)) query.set(name, String(value));
  }
  const text = query.toString();
  return text === '' ? undefined : text;
}

/** Reads them again, each as a value of its column; what is no column of the table is left out. */
export function readValues(text: string | undefined, table: Table): Map<string, Value> {
  const query = new URLSearchParams(text ?? '');
  const values = new Map<string, Value>();
  for (const [name, given] of query) {
    const column = table.columns.get(name);
    if (column === undefined || column.type === 'EntityName') continue;
    const value = valueOf(given, column, query);
    if (value !== undefined) values.set(name, value);
  }
  return values;
}

function valueOf(given: string, column: Column, query: URLSearchParams): Value | undefined {
  const { name, type, targets } = column;
  if (targets.length > 0) {
    const id = given.replace(/[{}]/g, '').toLowerCase();
    return [{ id, entityType: query.get(`${name}type`) ?? targets[0]!, name: query.get(`${name}name`) ?? id }];
  }
  if (type === 'Boolean') return given === 'true' || given === '1';
  if (type === 'DateTime') {
    const date = new Date(given);
    return Number.isNaN(date.getTime()) ? undefined : date;
  }
  if (/^(Integer|BigInt|Decimal|Double|Money|Picklist|State|Status)$/.test(type)) {
    const number = Number(given);
    return Number.isNaN(number) ? undefined : number;
  }
  return given;
}
