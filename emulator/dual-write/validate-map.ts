import { Fault } from '../kernel/index.ts';
import type { ColumnMetadata, MetadataCatalogue, TableMetadata } from '../dataverse/index.ts';
import type { DataEntity, EntityField } from '../finance-operations/contract.ts';
import { readColumnFilter } from './column-filter.ts';
import { companyColumnOf } from './companies.ts';
import { ownColumns } from './integration-key.ts';
import { columnOf, endOf, readDestination, type MappedColumn } from './lookup-path.ts';
import type { FieldMapping, MapDefinition, MapLeg } from './map-definition.ts';
import { readRange } from './range-filter.ts';
import { legName } from './row-key.ts';
import { fieldNamed, sidesOf } from './table-map.ts';

/** Notes a mistake with its documented code. */
type Say = (code: number, text: string) => void;

interface Checked {
  readonly leg: MapLeg;
  readonly table: TableMetadata;
  readonly entity: DataEntity;
  readonly metadata: MetadataCatalogue;
  /** Of a map as it comes with the platform, what is not there here is not a mistake of the map. */
  readonly isShipped: boolean;
}

/**
 * What is wrong with a map, each with its documented code; empty when it may run.
 *
 * @throws Fault when the data entity or the table is not there
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/data-entities/dual-write/dual-write-error-codes
 */
export function problemsOf(
  definition: MapDefinition,
  metadata: MetadataCatalogue,
  entities: ReadonlyMap<string, DataEntity>,
  isShipped: boolean,
): string[] {
  const { legs } = definition.mapping;
  if (legs.length === 0) return ['DIPV1018: The map has no leg.'];
  return legs.flatMap((leg, index) => {
    const where = legs.length === 1 ? '' : ` (leg ${legName(index)})`;
    const checked = { leg, ...sidesOf(definition, leg, metadata, entities), metadata, isShipped };
    return readable(definition, () => problemsOfLeg(checked)).map((problem) => `${problem}${where}`);
  });
}

/** What the validation itself stumbles over, as JSON of another form, is a problem too; its code says of which kind the map is. */
function readable({ properties }: MapDefinition, problems: () => string[]): string[] {
  try {
    return problems();
  } catch (error) {
    if (error instanceof Fault) throw error;
    const [code, what] = properties['IsDualWriteProject'] === false ? [1006, 'project'] : [1001, 'Dual-write project'];
    return [`DIPV${code}: Exceptions encountered during ${what} validation: ${(error as Error).message}`];
  }
}

function problemsOfLeg(checked: Checked): string[] {
  const problems: string[] = [];
  const say: Say = (code, text) => problems.push(`DIPV${code}: ${text}`);
  checkSides(checked, say);
  checkIntegrationKey(checked, say);
  checkDuplicates(checked, say);
  for (const mapping of checked.leg.fieldMappings) checkField(mapping, checked, say);
  checkMandatory(checked, say);
  checkFilters(checked, say);
  return problems;
}

function checkSides({ table, entity }: Checked, say: Say): void {
  if (entity.isCompanyBound && companyColumnOf(table.columns) === undefined)
    say(
      1002,
      `Dual-write only supports mapping between cross-company entities or company-specific entities from both sides: '${entity.name}' is company-specific, '${table.logicalName}' is not.`,
    );
  if (table.isVirtual || !table.columns.has('versionnumber'))
    say(1019, `Export can't be performed on the table '${table.logicalName}' due to the missing versionnumber field.`);
}

function checkIntegrationKey({ leg, table }: Checked, say: Say): void {
  const mappings = leg.fieldMappings;
  if (table.keys.length === 0)
    return say(1003, `Integration keys are missing: '${table.logicalName}' has no alternate key.`);
  const [key] = table.keys
    .map(({ columns }) => ownColumns(table, columns).map((name) => mappings.find((one) => columnOf(one) === name)))
    .filter((one): one is FieldMapping[] => one.length > 0 && !one.includes(undefined))
    .sort((one, other) => one.length - other.length);
  if (key === undefined) return say(1014, `Mapping is missing for integration key of '${table.logicalName}'.`);
  const isBothWays = mappings.some(({ syncDirection }) => syncDirection === 3);
  for (const mapping of key) {
    const { destinationField, syncDirection } = mapping;
    if (isBothWays && syncDirection !== 3)
      say(1004, `Integration key field '${destinationField}' isn't bi-directionally mapped.`);
    if (table.columns.get(columnOf(mapping))!.type === 'lookup' && !destinationField.includes('.'))
      say(1015, `Mapping is missing for integration key for lookup field '${destinationField}'.`);
  }
}

function checkDuplicates({ leg }: Checked, say: Say): void {
  const [sources, destinations, pairs] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const { sourceField, destinationField, syncDirection } of leg.fieldMappings) {
    const name = sourceField.toUpperCase();
    const pair = `${name} ${destinationField}`;
    if (name !== '' && destinationField !== '' && pairs.has(pair))
      say(1029, `Duplicate value map: '${sourceField}' and '${destinationField}' are paired more than once.`);
    pairs.add(pair);
    if (syncDirection === 3 && name !== '') {
      if (sources.has(name)) say(1023, `Duplicate source fields: '${sourceField}'.`);
      sources.add(name);
    }
    if (syncDirection !== 2 && destinationField !== '') {
      if (destinations.has(destinationField)) say(1026, `Duplicate destination fields: '${destinationField}'.`);
      destinations.add(destinationField);
    }
  }
}

function checkField(mapping: FieldMapping, { table, entity, metadata, isShipped }: Checked, say: Say): void {
  const { sourceField, destinationField, syncDirection } = mapping;
  const hasDefault = mapping.valueTransforms.some(({ transformType }) => transformType === 'Default');
  if (!hasDefault && isMandatoryWithoutSource(mapping, table, entity))
    say(
      1031,
      `Missing default transform for mandatory destination field '${destinationField === '' ? sourceField : destinationField}'.`,
    );
  if (sourceField === '' && !hasDefault) say(1021, `Missing source field in the mapping of '${destinationField}'.`);
  if (destinationField === '' && !hasDefault)
    say(1024, `Missing destination field in the mapping of '${sourceField}'.`);
  const field = sourceField === '' ? undefined : fieldNamed(entity, sourceField);
  const column = destinationField === '' ? undefined : table.columns.get(columnOf(mapping));
  const destination = destinationField === '' ? undefined : readDestination(mapping, table, metadata);
  const shown = destination?.lookup === undefined ? destination && column : endOf(destination.lookup[0]!, metadata);
  if (!isShipped && sourceField !== '' && field === undefined)
    say(1022, `Missing source field in the schema: '${sourceField}' of '${entity.label}'.`);
  if (!isShipped && destinationField !== '' && destination === undefined)
    say(1025, `Missing destination field in the schema: '${destinationField}' of '${table.logicalName}'.`);
  checkLookup(mapping, column, destination, { table, metadata }, say);
  if (column !== undefined && syncDirection !== 2 && isReadOnly(column))
    say(1011, `Readonly field in destination entity must not be mapped: '${destinationField}'.`);
  if (field !== undefined && shown !== undefined && !fit(field, shown, mapping))
    say(
      1030,
      `Data type mismatch: '${sourceField}' is ${field.type}, '${destinationField}' is ${shown.attributeType}.`,
    );
}

/** Nothing on the other side fills a field, or a column, that has to be filled. */
function isMandatoryWithoutSource(
  { sourceField, destinationField, syncDirection }: FieldMapping,
  table: TableMetadata,
  entity: DataEntity,
): boolean {
  if (destinationField === '') return fieldNamed(entity, sourceField)?.isMandatory === true;
  if (sourceField !== '' || syncDirection === 2) return false;
  const required = table.columns.get(destinationField)?.requiredLevel;
  return required === 'ApplicationRequired' || required === 'SystemRequired';
}

/** A lookup is mapped by what names the row behind it; in a map without companies that row has none either. */
function checkLookup(
  { destinationField, sourceField, syncDirection }: FieldMapping,
  column: ColumnMetadata | undefined,
  destination: MappedColumn | undefined,
  { table, metadata }: Pick<Checked, 'table' | 'metadata'>,
  say: Say,
): void {
  if (sourceField === '' || column?.targets === undefined || column.targets.length === 0) return;
  if (destination?.lookup === undefined && destination !== undefined)
    say(
      syncDirection === 2 ? 1028 : 1027,
      `Map the integration key associated with the entity lookup field '${destinationField}' to the ${syncDirection === 2 ? 'source' : 'destination'} field.`,
    );
  const bound = destination?.lookup?.find((one) => companyColumnOf(metadata.table(one.table)!.columns) !== undefined);
  if (bound !== undefined && companyColumnOf(table.columns) === undefined)
    say(
      1017,
      `Missing Organization mapping for related entity '${bound.table}': it is company-specific, '${table.logicalName}' is not.`,
    );
}

function checkMandatory({ leg, entity }: Checked, say: Say): void {
  const toFinanceOperations = leg.fieldMappings.filter(({ syncDirection }) => syncDirection !== 1);
  if (toFinanceOperations.length === 0) return;
  const mapped = new Set(toFinanceOperations.map(({ sourceField }) => sourceField.toUpperCase()));
  for (const { name, isMandatory } of entity.fields.values())
    if (isMandatory === true && name !== 'dataAreaId' && !mapped.has(name.toUpperCase()))
      say(1010, `Mandatory field in destination entity must be mapped: '${name}'.`);
}

function checkFilters({ leg, table, entity }: Checked, say: Say): void {
  const check = (side: string, read: () => readonly string[], isThere: (name: string) => boolean) => {
    try {
      for (const name of read())
        if (!isThere(name)) say(1012, `Error occurred while parsing ${side} source filter: there is no '${name}'.`);
    } catch (error) {
      say(1012, `Error occurred while parsing ${side} source filter: ${(error as Error).message}`);
    }
  };
  const isColumn = (name: string) => table.columns.has(name);
  const isField = (name: string) => fieldNamed(entity, name) !== undefined;
  check('Dataverse entity', () => readColumnFilter(leg.reversedSourceFilter).names, isColumn);
  check('finance and operations entity', () => readRange(leg.sourceFilter).names, isField);
}

const isReadOnly = (column: ColumnMetadata) =>
  (!column.validForCreate && !column.validForUpdate) || column.calculationOf !== undefined || column.sourceType !== 0;

/** Types of columns that can hold what a field of a type holds. */
const fitting: Readonly<Record<EntityField['type'], readonly string[]>> = {
  string: ['text', 'memo', 'choice', 'choices', 'guid', 'boolean'],
  guid: ['text', 'guid'],
  enum: ['text', 'choice', 'boolean', 'integer'],
  real: ['decimal', 'money', 'double', 'integer', 'bigint'],
  int: ['integer', 'bigint', 'decimal', 'double', 'money', 'choice'],
  int64: ['bigint', 'decimal', 'text', 'integer'],
  date: ['date', 'datetime'],
  utcDateTime: ['datetime', 'date'],
};

/** Whether values of a field can stand in a column; a value map makes any fit. */
const fit = (field: EntityField, column: ColumnMetadata, { valueTransforms }: FieldMapping): boolean =>
  valueTransforms.some(({ transformType }) => transformType === 'ValueMap') ||
  fitting[field.type].includes(column.type);
