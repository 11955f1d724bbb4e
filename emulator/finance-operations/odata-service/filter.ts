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
import type { DataEntity } from '../contract.ts';
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
    value: (shape, literal) => readValue(shape, literal),
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

function readValue(shape: ColumnShape, literal: Literal) {
  const text = literal.type === 'enum' ? { type: 'string' as const, text: literal.text } : literal;
  const value = readLiteral(shape, text);
  if (value !== undefined) return value;
  throw faults.badRequest(`The value '${literalText(literal)}' does not fit the field '${shape.name}'.`);
}
