import { normalizeDate } from '../../odata/index.ts';
import type { DataEntity, EntityField, EntityRow, EntityValue } from '../contract.ts';
import { dayValue } from '../entities/entity.ts';
import { enums } from '../enums.ts';
import { faults, refused } from '../faults.ts';

/** Reads a JSON body into field values. @throws Fault for fields there are not, values of the wrong kind, text that is too long */
export function readBody(entity: DataEntity, text: string): EntityRow {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    throw faults.badRequest(`The request body is not valid JSON: ${(error as Error).message}`);
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw faults.badRequest('The request body is not a JSON object.');
  const row: Record<string, EntityValue> = {};
  for (const [name, value] of Object.entries(body)) {
    if (name.includes('@')) continue;
    const field = entity.fields.get(name);
    if (field === undefined)
      throw faults.badRequest(
        `The property '${name}' does not exist on type 'Microsoft.Dynamics.DataEntities.${entity.set}'.`,
      );
    row[name] = readValue(field, value);
  }
  return row;
}

function readValue(field: EntityField, value: unknown): EntityValue {
  if (value === null) return null;
  const wrong = () => faults.badRequest(`The value ${JSON.stringify(value)} does not fit the field '${field.name}'.`);
  switch (field.type) {
    case 'enum': {
      const symbols = enums[field.enumType ?? ''] ?? [];
      const symbol = symbols.find((one) => one.toLowerCase() === String(value).toLowerCase());
      if (symbol === undefined)
        throw faults.badRequest(
          `The value '${String(value)}' of '${field.name}' is not a symbol of the enum '${field.enumType}'. Known are ${symbols.join(', ')}.`,
        );
      return symbol;
    }
    case 'date':
    case 'utcDateTime': {
      const date = typeof value === 'string' ? normalizeDate(value) : undefined;
      if (date === undefined) throw wrong();
      return field.type === 'date' ? dayValue(date) : date;
    }
    case 'real':
    case 'int':
    case 'int64':
      if (typeof value !== 'number' || !Number.isFinite(value)) throw wrong();
      return value;
    default:
      if (typeof value !== 'string') throw wrong();
      if (field.maxLength !== undefined && value.length > field.maxLength)
        throw refused(
          `The value in field '${field.name}' is longer than the ${field.maxLength} characters it can hold.`,
        );
      return value;
  }
}
