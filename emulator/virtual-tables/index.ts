import { createActions } from './actions.ts';
import type { CustomApiBodies, TableMetadata, VirtualTableProvider } from '../dataverse/index.ts';
import type { DataEntity, MetadataSync } from '../finance-operations/contract.ts';
import { createCalls } from './call.ts';
import { catalogueTable, createCatalogue, type CatalogueParts, type VirtualTableCatalogue } from './catalogue.ts';
import { createChanges } from './changes.ts';
import { createDataSource, type DataSourceParts, type LinkedRows } from './data-source.ts';
import { faults } from './faults.ts';
import { virtualTableName } from './names.ts';
import { startMetadataSync } from './metadata-sync.ts';
import { createEntityProvider, type EntityProvider } from './provider.ts';

export type { GeneratedPackage } from './generate/package-xml.ts';
export { virtualTableName } from './names.ts';

export interface VirtualTableParts extends Omit<CatalogueParts, 'call'>, DataSourceParts {
  /** Address of finance and operations. */
  readonly origin: () => string;
  /** What the batches that create and refresh tables keep. */
  readonly metadataSync: MetadataSync;
  /** Without the link no row is to be had. */
  readonly isLinked: () => boolean;
}

export interface VirtualTables extends VirtualTableProvider, Pick<EntityProvider, 'virtualRow'> {
  /** What the messages of its tables do, by their unique names. */
  readonly actions: CustomApiBodies;
  /** Rows that show where virtual rows come from. */
  readonly dataSource: LinkedRows;
  readonly catalogue: Pick<VirtualTableCatalogue, 'generateMissing' | 'show' | 'visible'>;
  /** Logical name of the virtual table over a data entity; undefined when that has not been generated. */
  virtualTableOf(entity: DataEntity): string | undefined;
}

/** Reads and writes virtual tables by calling finance and operations over HTTP as the calling user; generates them. */
export function createVirtualTables(parts: VirtualTableParts): VirtualTables {
  const { call, readPage } = createCalls(parts.origin);
  const rows = createEntityProvider({ ...parts, call, readPage });
  const catalogue = createCatalogue({ ...parts, call });
  startMetadataSync({ ...parts, catalogue });
  const changes = createChanges({ call, rows, renew: catalogue.renew });
  const whileLinked = <Answer>(work: () => Answer): Answer => {
    if (!parts.isLinked()) throw faults.notLinked();
    return work();
  };
  const of = (table: TableMetadata): VirtualTableProvider =>
    whileLinked(() => (table.logicalName === catalogueTable ? catalogue : rows));
  return {
    catalogue,
    actions: createActions({ ...parts, call, rowPath: rows.rowPath }),
    dataSource: createDataSource(parts),
    virtualRow: rows.virtualRow,
    changes: {
      daysKept: changes.daysKept,
      of: (table, ...rest) => whileLinked(() => changes.of(table, ...rest)),
      track: (table, isTracked) => whileLinked(() => changes.track(table, isTracked)),
    },
    virtualTableOf: (entity) => parts.metadata.table(virtualTableName(entity.name))?.logicalName,
    raisesEvents: (table) => parts.isLinked() && of(table).raisesEvents?.(table) === true,
    retrieve: (table, ...rest) => of(table).retrieve(table, ...rest),
    retrieveMultiple: (table, ...rest) => of(table).retrieveMultiple(table, ...rest),
    create: (table, ...rest) => of(table).create(table, ...rest),
    update: (table, ...rest) => of(table).update(table, ...rest),
    delete: (table, ...rest) => of(table).delete(table, ...rest),
  };
}
