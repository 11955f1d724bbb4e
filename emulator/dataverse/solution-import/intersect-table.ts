import type { Catalogue, MutableTable } from '../metadata/catalogue.ts';
import { intersectSetName } from '../metadata/names.ts';
import { stableId } from '../metadata/stable-id.ts';
import { versionNumber } from './read-columns.ts';
import { typeCodeOf } from './type-codes.ts';

/** The table behind an N:N relationship: a key of its own and the ids of the two rows. */
export function intersectOf(
  { intersectTable, firstColumn, secondColumn, isManaged }: MutableTable['manyToMany'][number],
  catalogue: Catalogue,
): MutableTable {
  const id = { ...versionNumber(intersectTable), attributeType: 'Uniqueidentifier' as const, type: 'guid' as const };
  const column = (name: string, isPrimaryId: boolean) =>
    [
      name,
      { ...id, logicalName: name, schemaName: name, isPrimaryId, metadataId: stableId('column', intersectTable, name) },
    ] as const;
  const primaryId = `${intersectTable.replace(/s$/, '')}id`;
  return {
    metadataId: stableId('table', intersectTable),
    logicalName: intersectTable,
    schemaName: intersectTable,
    entitySetName: intersectSetName(intersectTable),
    objectTypeCode: typeCodeOf(catalogue, intersectTable),
    label: {},
    collectionLabel: {},
    description: {},
    ownership: 'none',
    primaryId,
    primaryName: undefined,
    columns: new Map([
      column(primaryId, true),
      column(firstColumn, false),
      column(secondColumn, false),
      ['versionnumber', versionNumber(intersectTable)],
    ]),
    keys: [],
    manyToOne: [],
    oneToMany: [],
    manyToMany: [],
    isVirtual: false,
    externalName: undefined,
    isCustom: false,
    hasOptimisticConcurrency: false,
    changeTrackingEnabled: false,
    isManaged,
  };
}
