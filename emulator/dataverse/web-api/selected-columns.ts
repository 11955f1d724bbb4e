import { parseExpand, parseSelect } from '../../odata/index.ts';
import { faults } from '../faults.ts';
import { requireStored } from '../metadata/computed-columns.ts';
import type { MetadataCatalogue, TableMetadata } from '../metadata/model.ts';
import { selection } from './answer.ts';
import { allColumns, columnNamed } from './bind-query.ts';
import { navigationNamed } from './navigation.ts';
import { formOf, type RowForm } from './write-row.ts';

/** What `$select` and `$expand` mean for a table. */
export interface SelectedColumns {
  /** Columns the answer shows. */
  readonly shown: readonly string[];
  /** Columns the query reads: also those of what is expanded, and the version. */
  readonly read: readonly string[];
  /** How rows are written with them. */
  readonly form: RowForm;
  /** `(name,primarycontactid(fullname))` of a context URL. */
  readonly named: string;
}

/** @throws Fault for a name there is not, or a computed column */
export type SelectColumns = (table: TableMetadata, select?: string, expand?: string) => SelectedColumns;

/** Pairs of texts that are kept at a time. */
const most = 2000;

/** Clients ask for the same columns again and again: what they mean is found out once, until the metadata changes. */
export function createSelections(metadata: MetadataCatalogue): SelectColumns {
  const known = new Map<string, SelectedColumns>();
  let version = metadata.version;
  return (table, select, expand) => {
    if (version !== metadata.version || known.size >= most) known.clear();
    version = metadata.version;
    const key = JSON.stringify([table.logicalName, select, expand]);
    let selected = known.get(key);
    if (selected === undefined) known.set(key, (selected = selectColumns(metadata, table, select, expand)));
    return selected;
  };
}

function selectColumns(
  metadata: MetadataCatalogue,
  table: TableMetadata,
  select?: string,
  expand?: string,
): SelectedColumns {
  const names = select === undefined || select.trim() === '' ? undefined : columnsNamed(table, select, metadata);
  for (const name of names ?? []) requireStored(table, name);
  const shown = withImplied(table, names ?? allColumns(table));
  const read = new Set([
    ...shown,
    ...(expand === undefined ? [] : columnsForExpand(table, expand)),
    ...(table.columns.has('versionnumber') ? ['versionnumber'] : []),
  ]);
  return { shown, read: [...read], form: formOf(table, shown), named: selection(select, expand) };
}

/** Columns of `$select`; navigation properties select nothing. @throws Fault for a name there is not */
export function columnsNamed(table: TableMetadata, select: string, metadata: MetadataCatalogue): string[] {
  return parseSelect(select).flatMap((name) => {
    const column = columnNamed(table, name);
    if (column !== undefined) return [column];
    if (navigationNamed(table, name, metadata) !== undefined) return [];
    throw faults.unknownProperty(name, table.logicalName);
  });
}

/** Columns the root query must read for its expands. */
export function columnsForExpand(table: TableMetadata, text: string): string[] {
  return parseExpand(text).flatMap(({ navigation }) =>
    table.manyToOne.filter((one) => one.referencingNavigation === navigation).map((one) => one.referencingColumn),
  );
}

/** Added though not selected: the key, and the currency of a money column. */
export function withImplied(table: TableMetadata, selected: readonly string[]): string[] {
  const hasMoney = selected.some((name) => table.columns.get(name)?.type === 'money');
  const currency = hasMoney && table.columns.has('transactioncurrencyid') ? ['transactioncurrencyid'] : [];
  return [...new Set([...selected, ...currency, table.primaryId])];
}
