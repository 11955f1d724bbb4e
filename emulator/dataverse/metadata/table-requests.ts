import type { HttpResponse } from '../../kernel/index.ts';
import { faults } from '../faults.ts';
import { answer } from '../web-api/read-set.ts';
import type { RequestContext } from '../web-api/request-context.ts';
import { columnDefinition } from './column-definition.ts';
import { askedOf, columnRequest, readCast, writeColumns } from './column-requests.ts';
import { keyByKey, tableByKey } from './definition-keys.ts';
import { expandItems, filterBy, requireFull, selectFrom } from './definition-query.ts';
import { labelDefinition } from './labels.ts';
import { managedProperty, type Definition } from './managed-property.ts';
import type { MetadataCatalogue, TableMetadata } from './model.ts';
import { manyToManyDefinition, manyToOneDefinitions, oneToManyDefinitions } from './relationship-definition.ts';
import { stableId } from './stable-id.ts';
import { tableDefinition } from './table-definition.ts';

/** Collections of a table that can be expanded or read by path. */
const collections: Record<string, (table: TableMetadata, metadata: MetadataCatalogue) => Definition[]> = {
  Attributes: (table) => [...table.columns.values()].map((column) => columnDefinition(column, table)),
  Keys: keyDefinitions,
  OneToManyRelationships: oneToManyDefinitions,
  ManyToOneRelationships: manyToOneDefinitions,
  ManyToManyRelationships: (table) => table.manyToMany.map(manyToManyDefinition),
};

export function keyDefinitions(table: TableMetadata): Definition[] {
  return table.keys.map((key) => {
    const metadataId = stableId('key', table.logicalName, key.logicalName);
    return {
      MetadataId: metadataId,
      HasChanged: null,
      LogicalName: key.logicalName,
      SchemaName: key.schemaName ?? key.logicalName,
      EntityLogicalName: table.logicalName,
      KeyAttributes: key.columns,
      EntityKeyIndexStatus: 'Active',
      IsManaged: key.isManaged,
      IntroducedVersion: '1.0',
      IsCustomizable: managedProperty(true, 'iscustomizable'),
      DisplayName: labelDefinition(key.label, metadataId, key.isManaged),
    };
  });
}

/** `EntityDefinitions`: every table in one answer. */
export function tablesRequest(metadata: MetadataCatalogue, context: RequestContext): HttpResponse {
  const tables = [...metadata.tables()];
  const byId = new Map(tables.map((table) => [table.metadataId, table]));
  const definitions = filterBy(tables.map(tableDefinition), requireFull(context).get('$filter'), 'EntityMetadata');
  return answer(context, {
    '@odata.context': `${context.base}/$metadata#EntityDefinitions`,
    value: definitions.map((row) => expanded(row, byId.get(String(row['MetadataId']))!, metadata, context)),
  });
}

/** `EntityDefinitions(<key>)` and what is below it. */
export function tableRequest(
  metadata: MetadataCatalogue,
  context: RequestContext,
  key: string,
  rest: readonly string[],
): HttpResponse {
  const table = tableByKey(metadata, key);
  const { base } = context;
  const [segment, ...casts] = rest;
  if (segment === undefined)
    return answer(context, {
      '@odata.context': `${base}/$metadata#EntityDefinitions/$entity`,
      ...expanded(tableDefinition(table), table, metadata, context),
    });
  const [, name = '', inner] = /^([A-Za-z]+)(?:\((.*)\))?$/.exec(segment) ?? [];
  if (name === 'Attributes') return columnRequest(context, table, inner, casts);
  if (name === 'Keys' && inner !== undefined) return keyRequest(context, table, inner);
  const read = collections[name];
  if (read !== undefined && inner === undefined)
    return listRequest(context, `EntityDefinitions('${table.logicalName}')/${name}`, read(table, metadata));
  if (read !== undefined && inner !== undefined)
    return relationshipRequest(context, read(table, metadata), `${name}(${inner})`, inner);
  const definition = tableDefinition(table);
  if (!(segment in definition)) throw faults.resourceNotFound(segment);
  return answer(context, {
    '@odata.context': `${base}/$metadata#EntityDefinitions(${table.metadataId})/${segment}`,
    value: definition[segment],
  });
}

function keyRequest(context: RequestContext, table: TableMetadata, key: string): HttpResponse {
  const id = stableId('key', table.logicalName, keyByKey(table, key).logicalName);
  const definition = keyDefinitions(table).find((one) => one['MetadataId'] === id)!;
  return answer(context, {
    '@odata.context': `${context.base}/$metadata#EntityDefinitions('${table.logicalName}')/Keys/$entity`,
    ...selectFrom(definition, context.options.get('$select'), 'EntityKeyMetadata'),
  });
}

/** `OneToManyRelationships(SchemaName='…')` and its like. */
function relationshipRequest(
  context: RequestContext,
  rows: readonly Definition[],
  segment: string,
  key: string,
): HttpResponse {
  const name = /^SchemaName='(.*)'$/.exec(key)?.[1];
  const found = rows.find((one) => one['SchemaName'] === name || one['MetadataId'] === key.toLowerCase());
  if (found === undefined) throw faults.resourceNotFound(segment);
  const shown = selectFrom(found, context.options.get('$select'), 'RelationshipMetadataBase');
  return answer(context, { '@odata.context': `${context.base}/$metadata#RelationshipDefinitions/$entity`, ...shown });
}

function listRequest(context: RequestContext, name: string, rows: readonly Definition[]): HttpResponse {
  const options = requireFull(context);
  const value = filterBy(rows, options.get('$filter'), name).map((row) =>
    selectFrom(row, options.get('$select'), name),
  );
  return answer(context, { '@odata.context': `${context.base}/$metadata#${name}`, value });
}

function expanded(
  definition: Definition,
  table: TableMetadata,
  metadata: MetadataCatalogue,
  context: RequestContext,
): Definition {
  const items = expandItems(context);
  const whole = { ...definition };
  for (const { navigation, options } of items) {
    const [, cast] = /^Attributes(?:\/(.*))?$/.exec(navigation) ?? [];
    if (navigation.startsWith('Attributes')) {
      const subType = cast === undefined ? undefined : readCast(cast);
      whole['Attributes'] = writeColumns(table, { ...askedOf({ options }), subType });
      continue;
    }
    const read = collections[navigation];
    if (read === undefined) throw faults.unknownProperty(navigation, 'EntityMetadata');
    const rows = filterBy(read(table, metadata), options.get('$filter'), navigation);
    whole[navigation] = rows.map((row) => selectFrom(row, options.get('$select'), navigation));
  }
  const keep = items.map((item) => item.navigation.split('/')[0]!);
  return selectFrom(whole, context.options.get('$select'), 'EntityMetadata', keep);
}
