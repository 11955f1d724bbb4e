import {
  bindFilter,
  literalText,
  parseFilter,
  parseOrderBy,
  readLiteral,
  type Literal,
  type NameResolver,
} from '../../odata/index.ts';
import type { ColumnShape, Condition, OrderKey } from '../../query/index.ts';
import type { DataEntity, EntityField } from '../contract.ts';
import { dayValue } from '../entities/entity.ts';
import { enums } from '../enums.ts';
import { faults } from '../faults.ts';

/** Gives `$filter` and `$orderby` their meaning in the dialect of finance and operations: `*` is a wildcard, enums are symbols. */
export function createBinder(
  entity: DataEntity,
  withRecId: boolean,
): { filter(text: string): Condition; orderBy(text: string): OrderKey[]; column(name: string): string } {
  const column = (name: string): string => {
    if (entity.fields.has(name) || (withRecId && name === 'RecId')) return name;
    throw faults.badRequest(
      `The query specified in the URI is not valid. Could not find a property named '${name}' on type 'Microsoft.Dynamics.DataEntities.${entity.set}'.`,
    );
  };
  const resolver: NameResolver = {
    column(names) {
      if (names.length !== 1) throw faults.badRequest(`The path '${names.join('/')}' is not supported in a filter.`);
      const name = column(names[0]!);
      return { path: { column: name }, shape: entity.shape.columns.get(name)! };
    },
    collection: () => {
      throw faults.badRequest('Lambda expressions are not supported.');
    },
    value: (shape, literal) => readValue(entity.fields.get(shape.name), shape, literal),
    hasArithmetic: true,
    compared(shape, operator) {
      if (entity.fields.get(shape.name)?.type === 'enum' && operator !== 'eq' && operator !== 'ne')
        throw faults.badRequest(
          `The query specified in the URI is not valid. The enum '${shape.name}' can be compared with eq and ne only.`,
        );
    },
    wildcard: (text) =>
      text.includes('*') ? text.replace(/[%_[]/g, (character) => `[${character}]`).replaceAll('*', '%') : undefined,
    unsupported(what) {
      throw faults.badRequest(`The query specified in the URI is not valid. ${what} is not supported.`);
    },
  };
  return {
    filter: (text) => bindFilter(parseFilter(text), resolver),
    orderBy: (text) =>
      parseOrderBy(text).map(({ path, descending }) => ({ column: column(path.join('/')), descending })),
    column,
  };
}

function readValue(field: EntityField | undefined, shape: ColumnShape, literal: Literal) {
  if (field?.type === 'enum') return readSymbol(field, literal);
  const value = readLiteral(shape, literal.type === 'enum' ? { type: 'string', text: literal.text } : literal);
  if (value === undefined)
    throw faults.badRequest(`The value '${literalText(literal)}' does not fit the field '${shape.name}'.`);
  return field?.type === 'date' && typeof value === 'string' ? dayValue(value) : value;
}

/** Symbol of an enum as a filter has it: alone, or with the type. @throws Fault for another type, or no symbol of it */
function readSymbol({ name, enumType = '' }: EntityField, literal: Literal): string {
  const text = literalText(literal);
  if (literal.type === 'enum' && literal.enumType.replace(/^Microsoft\.Dynamics\.DataEntities\./, '') !== enumType)
    throw faults.badRequest(`'${name}' is of the enum '${enumType}', not '${literal.enumType}'.`);
  const symbol = enums[enumType]?.find((one) => one.toLowerCase() === text.toLowerCase());
  if (symbol === undefined)
    throw faults.badRequest(
      `The value '${text}' of '${name}' is not a symbol of the enum '${enumType}'. Known are ${enums[enumType]?.join(', ') ?? 'none'}.`,
    );
  return symbol;
}
