import { readValue, type LookupValue, type Value } from '../../form/form-model';
import { formattedKey, shown, type Row } from '../../web-api/web-api';
import type { Table } from '../../web-api/metadata';

/** A reference to a row, as data sets hand it out. */
export interface EntityReference {
  readonly id: { readonly guid: string };
  readonly etn: string;
  readonly name: string;
}

/** A row of a data set: live methods over one row of the Web API. */
export interface DataSetRecord {
  getRecordId(): string;
  getValue(name: string): unknown;
  getFormattedValue(name: string): string;
  getNamedReference(): EntityReference;
}

export function recordOf(row: Row, table: Table): DataSetRecord {
  const id = String(row[table.primaryId]);
  return {
    getRecordId: () => id,
    getValue(name) {
      const column = table.columns.get(name);
      return column === undefined ? (row[name] ?? null) : referenceOf(readValue(row, column));
    },
    getFormattedValue: (name) =>
      name.includes('.') ? String(row[formattedKey(name)] ?? row[name] ?? '') : shown(row, name),
    getNamedReference: () => ({ id: { guid: id }, etn: table.name, name: shown(row, table.primaryName) }),
  };
}

function referenceOf(value: Value): unknown {
  if (!Array.isArray(value)) return value;
  const [lookup] = value as readonly LookupValue[];
  return lookup === undefined ? null : { id: { guid: lookup.id }, etn: lookup.entityType, name: lookup.name };
}
