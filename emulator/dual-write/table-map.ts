import type { MetadataCatalogue, TableMetadata } from '../dataverse/index.ts';
import type { DataEntity, EntityField } from '../finance-operations/contract.ts';
import type { FieldMapping, MapDefinition, MapLeg } from './map-definition.ts';

/** One pair of a map, its names looked up on both sides. */
export interface MappedField {
  readonly mapping: FieldMapping;
  /** Undefined for a default that only Dataverse gets. */
  readonly field: EntityField | undefined;
  /** Column of the row itself; undefined for a default that only finance and operations gets. */
  readonly column: string | undefined;
  /** For a path through a lookup: the table it leads to and the column that is compared there. */
  readonly lookup: { readonly table: string; readonly column: string } | undefined;
}

/** A map ready to run. */
export interface TableMap {
  readonly definition: MapDefinition;
  readonly leg: MapLeg;
  readonly entity: DataEntity;
  readonly table: TableMetadata;
  readonly fields: readonly MappedField[];
  /** Columns whose presence in a request makes the row travel. */
  readonly columns: ReadonlySet<string>;
  /** Fields whose change makes the row travel. */
  readonly fieldNames: ReadonlySet<string>;
  readonly isCompanyBound: boolean;
}

/** @throws Error naming the table, entity or field that is not there */
export function readMap(
  definition: MapDefinition,
  metadata: MetadataCatalogue,
  entities: ReadonlyMap<string, DataEntity>,
): TableMap {
  const leg = definition.mapping.legs[0];
  if (leg === undefined) throw new Error(`The table map '${definition.name}' has no leg.`);
  const table = metadata.tableBySet(leg.destinationSchema);
  const entity = [...entities.values()].find((one) => one.label === leg.sourceSchema);
  if (table === undefined)
    throw new Error(
      `The table map '${definition.name}' names the table set '${leg.destinationSchema}', which is not there.`,
    );
  if (entity === undefined)
    throw new Error(
      `The table map '${definition.name}' names the data entity '${leg.sourceSchema}', which is not there.`,
    );
  const fields = leg.fieldMappings.flatMap((mapping) => readField(mapping, table, entity, metadata));
  return {
    definition,
    leg,
    entity,
    table,
    fields,
    columns: new Set(
      fields.flatMap(({ column, mapping }) => (column !== undefined && mapping.syncDirection !== 1 ? [column] : [])),
    ),
    fieldNames: new Set(
      fields.flatMap(({ field, mapping }) => (field !== undefined && mapping.syncDirection !== 2 ? [field.name] : [])),
    ),
    isCompanyBound: entity.isCompanyBound,
  };
}

/** Differs: a mapped field the data entity, or the table, does not have here is left out. */
function readField(
  mapping: FieldMapping,
  table: TableMetadata,
  entity: DataEntity,
  metadata: MetadataCatalogue,
): MappedField[] {
  const [column = '', target] = mapping.destinationField.split('.');
  const field = [...entity.fields.values()].find((one) => one.name.toUpperCase() === mapping.sourceField.toUpperCase());
  if (mapping.sourceField !== '' && field === undefined) return [];
  if (column !== '' && !table.columns.has(column)) return [];
  const related =
    target === undefined ? undefined : metadata.tableBySet(mapping.destinationLookupFieldRelatedEntity ?? '');
  if (target !== undefined && related === undefined) return [];
  return [
    {
      mapping,
      field,
      column: column === '' ? undefined : column,
      lookup: target === undefined ? undefined : { table: related!.logicalName, column: target },
    },
  ];
}

/** Pairs whose fields make up the key of the data entity, the company apart. */
export function keyFields(map: TableMap): MappedField[] {
  return map.entity.key
    .filter((name) => name !== 'dataAreaId')
    .map((name) => {
      const found = map.fields.find(({ field }) => field?.name === name);
      if (found === undefined)
        throw new Error(`The table map '${map.definition.name}' does not map the key field '${name}'.`);
      return found;
    });
}
