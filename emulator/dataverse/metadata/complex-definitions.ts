import { choicesOf } from './choice-definition.ts';
import { columnDefinition, subTypeOf } from './column-definition.ts';
import type { Definition } from './managed-property.ts';
import type { TableMetadata } from './model.ts';

/**
 * Columns as functions answer them (`ComplexEntityMetadata`): all kinds mixed, each whole, with what its kind adds and
 * its choice.
 */
export const complexColumns = (table: TableMetadata): Definition[] =>
  [...table.columns.values()].map((column) => ({
    ...columnDefinition(column, table),
    ...(column.choice === undefined ? {} : choicesOf(column)),
    '@odata.type': `#Microsoft.Dynamics.CRM.Complex${subTypeOf(column)}AttributeMetadata`,
  }));
