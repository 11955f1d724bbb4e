import { Validator, type OutputUnit, type Schema } from '@cfworker/json-schema';
import { isArray, isObject, type Value } from '../expressions/value.ts';

/**
 * What is wrong with a value by a JSON schema of draft 4, as the designer writes them; empty when nothing is. Formats are
 * no rules here, as in the platform's own validator.
 */
export function checkSchema(
  value: Value,
  schema: Value,
): readonly { readonly path: string; readonly message: string }[] {
  if (!isObject(schema) || Object.keys(schema).length === 0) return [];
  const { errors } = new Validator(asJson(withoutFormats(schema)) as Schema, '4', false).validate(asJson(value));
  return errors.filter(isCause).map(({ instanceLocation, error }) => ({ path: instanceLocation, message: error }));
}

/** The validator tells of each level that something below is wrong, too. */
const isCause = ({ keyword }: OutputUnit) => !['properties', 'items', 'additionalProperties'].includes(keyword);

function withoutFormats(schema: Value): Value {
  if (isArray(schema)) return schema.map(withoutFormats);
  if (!isObject(schema)) return schema;
  const isFormat = ([name, part]: [string, Value]) => name === 'format' && typeof part === 'string';
  return Object.fromEntries(
    Object.entries(schema)
      .filter((entry) => !isFormat(entry))
      .map(([name, part]) => [name, withoutFormats(part)]),
  );
}

/** Whole numbers, however long, are numbers to a schema. */
function asJson(value: Value): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (isArray(value)) return value.map(asJson);
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, asJson(part)]));
  return value;
}
