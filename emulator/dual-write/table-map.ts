import { notEmulated } from '../kernel/index.ts';
import type { MetadataCatalogue, TableMetadata } from '../dataverse/index.ts';
import type { DataEntity, EntityField, FinanceOperations } from '../finance-operations/contract.ts';
import { readColumnFilter, type ColumnFilter } from './column-filter.ts';
import { companyColumnOf } from './companies.ts';
import { faults } from './faults.ts';
import { integrationKeyOf } from './integration-key.ts';
import { readDestination, type LookupPath } from './lookup-path.ts';
import type { FieldMapping, MapDefinition, MapLeg } from './map-definition.ts';
import { readRange, type RangeFilter } from './range-filter.ts';

/** One pair of a map, its names looked up on both sides. */
export interface MappedField {
  readonly mapping: FieldMapping;
  /** Undefined for a default that only Dataverse gets. */
  readonly field: EntityField | undefined;
  /** Column of the row itself; undefined for a default that only finance and operations gets. */
  readonly column: string | undefined;
  /** For a path through a lookup: the tables it may lead to and what is compared there. */
  readonly lookup: LookupPath | undefined;
}

/** A leg of a map, ready to run; nearly every map has one alone. */
export interface TableMap {
  readonly definition: MapDefinition;
  readonly leg: MapLeg;
  /** Its place among the legs of the map, from 0. */
  readonly legIndex: number;
  readonly entity: DataEntity;
  readonly table: TableMetadata;
  readonly fields: readonly MappedField[];
  /** Pairs of the integration key, the company apart: how a row of Dataverse is found. */
  readonly integrationKey: readonly MappedField[];
  /** Pairs of the key of the data entity, the company apart: how a row of finance and operations is found. A default may be one. */
  readonly entityKey: readonly MappedField[];
  readonly range: RangeFilter;
  readonly filter: ColumnFilter;
  /** Columns whose presence in a request makes the row travel. */
  readonly columns: ReadonlySet<string>;
  /** Fields whose change makes the row travel. */
  readonly fieldNames: ReadonlySet<string>;
  readonly isCompanyBound: boolean;
  readonly companyColumn: string | undefined;
}

/**
 * The data entity and the table a leg is about.
 *
 * Decided: legs lead from the left environment of a map to its centre, and from there to a third on the right. Published maps
 * have finance and operations on the left, Dataverse in the centre and nothing on the right, so that is the way a leg may lead.
 *
 * @throws Fault naming what is not there
 */
export function sidesOf(
  definition: MapDefinition,
  leg: MapLeg,
  metadata: MetadataCatalogue,
  entities: ReadonlyMap<string, DataEntity>,
): { readonly table: TableMetadata; readonly entity: DataEntity } {
  const refuse = (code: string, what: string) => faults.invalidMap(definition.displayName, [`${code}: ${what}`]);
  const { sourceEnvironmentType: from = 'AX', destinationEnvironmentType: to = 'CRM' } = leg;
  const known = environmentsOf(definition);
  for (const [environment, schema] of [
    [from, leg.sourceSchema],
    [to, leg.destinationSchema],
  ] as const) {
    if (environment === '' || environment === 'UNDEFINED')
      throw refuse('DIPV1005', `Missing environment info for dataset '${schema}'.`);
    if (!known.has(environment))
      throw refuse(
        'DIPV1007',
        `Task has environment '${environment}' that doesn't exist in the connection set: it has ${[...known].join(', ')}.`,
      );
  }
  if (from !== 'AX' || to !== 'CRM')
    throw notEmulated(
      `A leg of a table map from '${from}' to '${to}'`,
      'A leg leads from finance and operations (AX) to Dataverse (CRM).',
    );
  const table = metadata.tableBySet(leg.destinationSchema);
  if (table === undefined) throw refuse('DIPV1020', `Missing destination schema: '${leg.destinationSchema}'.`);
  const entity = [...entities.values()].find((one) => one.label === leg.sourceSchema);
  if (entity === undefined) throw refuse('DIPV1018', `Missing source schema: '${leg.sourceSchema}'.`);
  return { table, entity };
}

/** What a map connects: its left, its centre and, if there is one, its right environment. */
function environmentsOf({ mapping }: MapDefinition): ReadonlySet<string> {
  const { leftEnvironmentType = 'AX', centerEnvironmentType = 'CRM', rightEnvironmentType } = mapping;
  const named = [leftEnvironmentType, centerEnvironmentType, rightEnvironmentType];
  return new Set(named.filter((one): one is string => typeof one === 'string' && one !== 'UNDEFINED'));
}

/** The legs of a map, in its order. @throws Fault naming what is not there or is not mapped */
export const readMap = (
  definition: MapDefinition,
  metadata: MetadataCatalogue,
  services: Pick<FinanceOperations, 'entities' | 'enums'>,
): readonly TableMap[] => definition.mapping.legs.map((_leg, index) => readLeg(definition, index, metadata, services));

function readLeg(
  definition: MapDefinition,
  legIndex: number,
  metadata: MetadataCatalogue,
  { entities, enums }: Pick<FinanceOperations, 'entities' | 'enums'>,
): TableMap {
  const leg = definition.mapping.legs[legIndex]!;
  const { table, entity } = sidesOf(definition, leg, metadata, entities);
  const refuse = (code: string, what: string) => faults.invalidMap(definition.displayName, [`${code}: ${what}`]);
  const fields = leg.fieldMappings.flatMap((mapping) => readField(mapping, table, entity, metadata));
  const integrationKey = integrationKeyOf(table, fields);
  if (integrationKey === undefined)
    throw table.keys.length === 0
      ? refuse('DIPV1003', `Integration keys are missing: '${table.logicalName}' has no alternate key.`)
      : refuse('DIPV1014', `Mapping is missing for integration key of '${table.logicalName}'.`);
  const entityKey = entity.key
    .filter((name) => name !== 'dataAreaId')
    .map((name) => {
      const found =
        fields.find(({ field, column }) => field?.name === name && column !== undefined) ??
        fields.find(({ field, mapping }) => field?.name === name && mapping.syncDirection === 2);
      if (found === undefined) throw refuse('DIPV1014', `Mapping is missing for the key field '${name}'.`);
      return found;
    });
  return {
    definition,
    leg,
    legIndex,
    entity,
    table,
    fields,
    integrationKey,
    entityKey,
    range: readRange(leg.sourceFilter, (name) => enums[fieldNamed(entity, name)?.enumType ?? '']),
    filter: readColumnFilter(leg.reversedSourceFilter),
    columns: new Set(
      fields.flatMap(({ column, mapping }) => (column !== undefined && mapping.syncDirection !== 1 ? [column] : [])),
    ),
    fieldNames: new Set(
      fields.flatMap(({ field, mapping }) => (field !== undefined && mapping.syncDirection !== 2 ? [field.name] : [])),
    ),
    isCompanyBound: entity.isCompanyBound,
    companyColumn: companyColumnOf(table.columns),
  };
}

/** Differs: a field or column of a shipped map that the data entity, or the table, does not have here is left out. */
function readField(
  mapping: FieldMapping,
  table: TableMetadata,
  entity: DataEntity,
  metadata: MetadataCatalogue,
): MappedField[] {
  const field = fieldNamed(entity, mapping.sourceField);
  if (mapping.sourceField !== '' && field === undefined) return [];
  if (mapping.destinationField === '') return [{ mapping, field, column: undefined, lookup: undefined }];
  const destination = readDestination(mapping, table, metadata);
  return destination === undefined ? [] : [{ mapping, field, ...destination }];
}

const fieldsByName = new WeakMap<DataEntity, ReadonlyMap<string, EntityField>>();

/** Maps write fields in upper case. */
export function fieldNamed(entity: DataEntity, name: string): EntityField | undefined {
  let known = fieldsByName.get(entity);
  if (known === undefined) {
    known = new Map([...entity.fields.values()].map((field) => [field.name.toUpperCase(), field]));
    fieldsByName.set(entity, known);
  }
  return known.get(name.toUpperCase());
}

/** Reads fields of a row by a name in any letter case, as filters write them. */
export const reader = (row: Readonly<Record<string, unknown>>, entity: DataEntity) => (name: string) =>
  row[fieldNamed(entity, name)?.name ?? name] as string | number | null | undefined;
