import type { EntityRow } from '../finance-operations/contract.ts';
import type { Row } from '../query/index.ts';
import type { TableMap } from './table-map.ts';
import { toColumn } from './values.ts';

/**
 * What finance and operations has given a row it has made of a row of Dataverse: numbers from its sequences, and what it begins
 * with where Dataverse has nothing. Columns that are mapped both ways only.
 *
 * Decided: finance and operations answers a write with `fieldResponses`; what Dataverse does with them is not published.
 */
export function givenColumns(map: TableMap, row: Row, created: EntityRow): Row {
  const given: Row = {};
  for (const { mapping, field, column, lookup } of map.fields) {
    if (mapping.syncDirection !== 3 || field === undefined || column === undefined || lookup !== undefined) continue;
    if ((row[column] ?? null) !== null) continue;
    const value = toColumn(created[field.name], map.table.columns.get(column)!, mapping);
    // Nothing is 0 in finance and operations.
    if (value !== null && value !== 0) given[column] = value;
  }
  return given;
}
