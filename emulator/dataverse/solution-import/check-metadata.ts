import { attribute, child, childText, children, descend, type XmlElement } from '../../../packaging/index.ts';
import type { Catalogue } from '../metadata/catalogue.ts';
import { computedKinds } from '../metadata/computed-columns.ts';
import type { ColumnMetadata, Relationship, TableMetadata } from '../metadata/model.ts';
import type { ImportCall } from './import-platform.ts';
import { requirePrefix } from './names.ts';
import { refusal } from './refusals.ts';

/** Refuses tables, columns and relationships of the package that do not hold together, now that all of it is read. */
export function checkMetadata(call: ImportCall): void {
  const { catalogue, pkg } = call;
  for (const node of children(child(pkg.customizations, 'Entities'), 'Entity')) {
    const table = catalogue.table(childText(node, 'Name'))!;
    checkTable(call, table);
    for (const column of ownColumns(node, table)) checkColumn(call, table, column);
  }
  checkRelationships(catalogue);
}

function ownColumns(node: XmlElement, table: TableMetadata): ColumnMetadata[] {
  const attributes = children(descend(node, 'EntityInfo', 'entity', 'attributes'), 'attribute');
  return attributes.map((one) =>
    table.columns.get(childText(one, 'LogicalName') || (attribute(one, 'PhysicalName') ?? '').toLowerCase())!,
  );
}

function checkTable(call: ImportCall, table: TableMetadata): void {
  const isNew = call.before.table(table.logicalName) === undefined;
  const has = (name: string) => table.columns.has(name);
  // Decided: whether the platform would add what is missing here is not documented; field reports say that it fails.
  if (!has(table.primaryId))
    throw refusal('incompleteTable', `The table '${table.logicalName}' has no primary key column.`);
  if (!isNew || !table.isCustom || table.isVirtual) return;
  if (table.primaryName === undefined)
    throw refusal('incompleteTable', `PrimaryName attribute not found for the table '${table.logicalName}'.`);
  if (table.ownership === 'user' && !has('ownerid'))
    throw refusal('incompleteTable', `The user-owned table '${table.logicalName}' has no column 'ownerid'.`);
}

/** Kinds of columns that are kept, but hold nothing the platform would compute or store. */
const withoutEffect: Partial<Record<ColumnMetadata['attributeType'], string>> = {
  PartyList: 'party lists are not resolved',
};

function checkColumn(call: ImportCall, table: TableMetadata, column: ColumnMetadata): void {
  const name = `${table.logicalName}.${column.logicalName}`;
  if (column.isCustom) {
    requirePrefix(column.logicalName, `column '${name}'`, 'columnPrefix');
    checkRange(column, name);
  }
  if (column.type === 'lookup') checkLookup(call, table, column, name);
  const { choice, defaultValue } = column;
  if (choice !== undefined && defaultValue !== undefined && !choice.options.some((one) => one.value === defaultValue))
    throw refusal('badSchema', `The default ${defaultValue} of the column '${name}' is none of its options.`);
  const reason = withoutEffect[column.attributeType];
  if (reason !== undefined) call.warnings.push(`The column '${name}' is kept, but ${reason}.`);
  if (column.sourceType !== 0)
    call.warnings.push(
      `The ${computedKinds[column.sourceType] ?? 'computed'} column '${name}' is kept, but not computed.`,
    );
  if (column.attributeType === 'Money' && column.calculationOf === undefined && !table.isVirtual)
    checkMoney(call, table, column, name);
}

/** A lookup's target is stated by its relationship only; one without is refused. */
function checkLookup({ catalogue }: ImportCall, table: TableMetadata, column: ColumnMetadata, name: string): void {
  const { targets } = catalogue.table(table.logicalName)!.columns.get(column.logicalName)!;
  if (column.attributeType === 'Customer' && !(targets.includes('account') && targets.includes('contact')))
    throw refusal(
      'customerRelationships',
      `The customer column '${name}' needs two relationships, to 'account' and to 'contact'.`,
    );
  if (targets.length === 0)
    throw refusal('relationshipMissing', `The lookup '${name}' has no relationship that says where it points.`);
}

function checkRange({ attributeType, minValue, maxValue, maxLength }: ColumnMetadata, name: string): void {
  if (minValue !== undefined && maxValue !== undefined && minValue > maxValue)
    throw refusal(
      'badSchema',
      `The lowest value ${minValue} of the column '${name}' is above its highest, ${maxValue}.`,
    );
  const most = attributeType === 'String' ? 4000 : attributeType === 'Memo' ? 1_048_576 : undefined;
  if (most !== undefined && maxLength !== undefined && (maxLength < 1 || maxLength > most))
    throw refusal('badSchema', `The length ${maxLength} of the column '${name}' is not between 1 and ${most}.`);
}

/** Decided: a warning, since the platform may complete a money column by itself. */
function checkMoney(call: ImportCall, table: TableMetadata, column: ColumnMetadata, name: string): void {
  const missing = [`${column.logicalName}_base`, 'transactioncurrencyid', 'exchangerate'].filter(
    (one) => !table.columns.has(one),
  );
  if (missing.length > 0)
    call.warnings.push(
      `The money column '${name}' comes without '${missing.join("', '")}'; its base amount stays empty.`,
    );
}

/** Names are unique; removing the link is possible where the lookup may be empty. */
function checkRelationships(catalogue: Catalogue): void {
  const owners = new Map<string, Relationship>();
  for (const table of catalogue.tables()) {
    for (const relationship of table.manyToOne) {
      const other = owners.get(relationship.schemaName);
      owners.set(relationship.schemaName, relationship);
      if (other !== undefined && !standsOnSameColumn(other, relationship))
        throw refusal(
          'relationshipCollides',
          `The name of the relationship '${relationship.schemaName}' is taken by one of '${other.referencingTable}'.`,
        );
      checkRemoveLink(table, relationship);
    }
  }
}

const standsOnSameColumn = (one: Relationship, other: Relationship) =>
  one.referencingTable === other.referencingTable && one.referencingColumn === other.referencingColumn;

function checkRemoveLink(table: TableMetadata, { schemaName, referencingColumn, cascade }: Relationship): void {
  // A column required by the business may still be emptied by the platform.
  if (cascade.delete === 'RemoveLink' && table.columns.get(referencingColumn)!.requiredLevel === 'SystemRequired')
    throw refusal(
      'removeLinkOnRequired',
      `The relationship '${schemaName}' removes the link when a row is deleted, but '${table.logicalName}.${referencingColumn}' is required.`,
    );
}
