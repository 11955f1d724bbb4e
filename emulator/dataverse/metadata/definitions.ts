import { notEmulated, type HttpResponse } from '../../kernel/index.ts';
import { parseExpand, parseFilter, parseSelect, type FilterNode } from '../../odata/index.ts';
import { faults } from '../faults.ts';
import { answer } from '../web-api/read-set.ts';
import type { RequestContext } from '../web-api/request-context.ts';
import { writeCsdl } from './csdl.ts';
import { labelDefinition } from './labels.ts';
import type {
  Choice,
  ColumnMetadata,
  ManyToManyRelationship,
  MetadataCatalogue,
  Relationship,
  TableMetadata,
} from './model.ts';

type Definition = Record<string, unknown>;

const managed = (Value: boolean, name: string) => ({ Value, CanBeChanged: false, ManagedPropertyLogicalName: name });
const typeNames: Partial<Record<ColumnMetadata['attributeType'], string>> = {
  Customer: 'Lookup',
  Owner: 'Lookup',
  PartyList: 'Lookup',
  Uniqueidentifier: 'UniqueIdentifier',
  Virtual: 'Image',
};
const ownership: Record<TableMetadata['ownership'], string> = {
  user: 'UserOwned',
  organization: 'OrganizationOwned',
  business: 'BusinessOwned',
  none: 'None',
};

export function tableDefinition(table: TableMetadata): Definition {
  return {
    MetadataId: table.metadataId,
    LogicalName: table.logicalName,
    SchemaName: table.schemaName,
    EntitySetName: table.entitySetName,
    LogicalCollectionName: table.entitySetName,
    CollectionSchemaName: table.entitySetName,
    ObjectTypeCode: table.objectTypeCode,
    PrimaryIdAttribute: table.primaryId,
    PrimaryNameAttribute: table.primaryName ?? null,
    OwnershipType: ownership[table.ownership],
    IsCustomEntity: table.isCustom,
    IsActivity: false,
    IsIntersect: table.ownership === 'none' && table.primaryName === undefined,
    IsPrivate: false,
    ExternalName: table.externalName ?? null,
    DataProviderId: table.isVirtual ? '7015a531-cc0d-4537-b5f2-c882a1eb65ad' : null,
    TableType: table.isVirtual ? 'Virtual' : 'Standard',
    ChangeTrackingEnabled: table.changeTrackingEnabled,
    IsOptimisticConcurrencyEnabled: table.hasOptimisticConcurrency,
    DisplayName: labelDefinition(table.label, table.metadataId),
    DisplayCollectionName: labelDefinition(table.collectionLabel, table.metadataId),
    Description: labelDefinition(table.description, table.metadataId),
    IsValidForAdvancedFind: true,
    IsCustomizable: managed(true, 'iscustomizable'),
  };
}

export function columnDefinition(column: ColumnMetadata, table: TableMetadata): Definition {
  const typeName = typeNames[column.attributeType] ?? column.attributeType;
  return {
    '@odata.type': `#Microsoft.Dynamics.CRM.${typeName}AttributeMetadata`,
    MetadataId: column.metadataId,
    LogicalName: column.logicalName,
    SchemaName: column.schemaName,
    EntityLogicalName: table.logicalName,
    AttributeType: column.attributeType,
    AttributeTypeName: { Value: `${column.attributeType}Type` },
    DisplayName: labelDefinition(column.label, column.metadataId),
    Description: labelDefinition(column.description, column.metadataId),
    RequiredLevel: {
      Value: column.requiredLevel,
      CanBeChanged: true,
      ManagedPropertyLogicalName: 'canmodifyrequirementlevelsettings',
    },
    IsPrimaryId: column.isPrimaryId,
    IsPrimaryName: column.isPrimaryName,
    IsCustomAttribute: column.isCustom,
    IsSecured: column.isSecured,
    IsValidForCreate: column.validForCreate,
    IsValidForRead: column.validForRead,
    IsValidForUpdate: column.validForUpdate,
    IsLogical: false,
    AttributeOf: null,
    ExternalName: column.externalName ?? null,
    SourceType: 0,
    ...typed(column),
  };
}

/** Properties a sub-type adds. */
function typed(column: ColumnMetadata): Definition {
  const { maxLength, minValue, maxValue, precision, format, targets, dateBehavior, defaultValue, autoNumberFormat } =
    column;
  switch (column.attributeType) {
    case 'String':
    case 'Memo':
      return {
        MaxLength: maxLength ?? null,
        Format: format ?? 'Text',
        FormatName: { Value: format ?? 'Text' },
        AutoNumberFormat: autoNumberFormat ?? null,
      };
    case 'Integer':
    case 'BigInt':
      return { MinValue: minValue ?? null, MaxValue: maxValue ?? null, Format: 'None' };
    case 'Decimal':
    case 'Double':
    case 'Money':
      return {
        MinValue: minValue ?? null,
        MaxValue: maxValue ?? null,
        Precision: precision ?? 2,
        ...(column.attributeType === 'Money'
          ? { CalculationOf: column.calculationOf ?? null, IsBaseCurrency: column.calculationOf !== undefined }
          : {}),
      };
    case 'DateTime':
      return {
        Format: format?.toLowerCase() === 'date' ? 'DateOnly' : 'DateAndTime',
        DateTimeBehavior: { Value: ['UserLocal', 'DateOnly', 'TimeZoneIndependent'][(dateBehavior ?? 1) - 1] },
      };
    case 'Lookup':
    case 'Customer':
    case 'Owner':
      return { Targets: targets };
    case 'Picklist':
    case 'MultiSelectPicklist':
      return { DefaultFormValue: defaultValue ?? -1 };
    case 'Boolean':
      return { DefaultValue: defaultValue === 1 };
    default:
      return {};
  }
}

function withOptions(column: ColumnMetadata, table: TableMetadata): Definition {
  const { choice } = column;
  const set =
    choice === undefined
      ? null
      : column.attributeType === 'Boolean'
        ? booleanDefinition(choice)
        : choiceDefinition(choice);
  const isGlobal = choice?.isGlobal === true;
  return {
    ...columnDefinition(column, table),
    OptionSet: isGlobal && column.attributeType === 'Picklist' ? set : set,
    GlobalOptionSet: isGlobal ? set : null,
  };
}

export function choiceDefinition(choice: Choice): Definition {
  return {
    '@odata.type': '#Microsoft.Dynamics.CRM.OptionSetMetadata',
    MetadataId: choice.metadataId,
    Name: choice.name,
    IsGlobal: choice.isGlobal,
    IsCustomOptionSet: true,
    OptionSetType: 'Picklist',
    DisplayName: labelDefinition(choice.label, choice.metadataId),
    Options: choice.options.map((option) => optionDefinition(option, choice)),
  };
}

function optionDefinition(option: Choice['options'][number], choice: Choice): Definition {
  return {
    Value: option.value,
    Color: option.color ?? null,
    ExternalValue: option.externalName ?? null,
    Label: labelDefinition(option.label, choice.metadataId),
    ...(option.state === undefined ? {} : { State: option.state }),
    ...(option.defaultStatus === undefined
      ? {}
      : { DefaultStatus: option.defaultStatus, InvariantName: option.invariantName ?? null }),
  };
}

function booleanDefinition(choice: Choice): Definition {
  const of = (value: number) =>
    choice.options.filter((option) => option.value === value).map((option) => optionDefinition(option, choice))[0] ??
    null;
  return {
    MetadataId: choice.metadataId,
    Name: choice.name,
    IsGlobal: choice.isGlobal,
    OptionSetType: 'Boolean',
    TrueOption: of(1),
    FalseOption: of(0),
  };
}

export function relationshipDefinition(relationship: Relationship): Definition {
  const { cascade } = relationship;
  return {
    '@odata.type': '#Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata',
    MetadataId: relationship.metadataId,
    SchemaName: relationship.schemaName,
    RelationshipType: 'OneToManyRelationship',
    IsCustomRelationship: relationship.isCustom,
    ReferencedEntity: relationship.referencedTable,
    ReferencedAttribute: relationship.referencedColumn,
    ReferencingEntity: relationship.referencingTable,
    ReferencingAttribute: relationship.referencingColumn,
    ReferencedEntityNavigationPropertyName: relationship.referencedNavigation,
    ReferencingEntityNavigationPropertyName: relationship.referencingNavigation,
    CascadeConfiguration: {
      Assign: cascade.assign,
      Delete: cascade.delete,
      Reparent: cascade.reparent,
      Share: cascade.share,
      Unshare: cascade.unshare,
    },
  };
}

function manyToManyDefinition(relationship: ManyToManyRelationship): Definition {
  return {
    '@odata.type': '#Microsoft.Dynamics.CRM.ManyToManyRelationshipMetadata',
    MetadataId: relationship.metadataId,
    SchemaName: relationship.schemaName,
    RelationshipType: 'ManyToManyRelationship',
    Entity1LogicalName: relationship.firstTable,
    Entity2LogicalName: relationship.secondTable,
    IntersectEntityName: relationship.intersectTable,
    Entity1IntersectAttribute: relationship.firstColumn,
    Entity2IntersectAttribute: relationship.secondColumn,
    Entity1NavigationPropertyName: relationship.firstNavigation,
    Entity2NavigationPropertyName: relationship.secondNavigation,
  };
}

/** Collections of a table that can be expanded or read by path. */
const collections: Record<string, (table: TableMetadata) => Definition[]> = {
  Attributes: (table) => [...table.columns.values()].map((column) => columnDefinition(column, table)),
  Keys: (table) =>
    table.keys.map((key) => ({
      MetadataId: table.metadataId,
      LogicalName: key.logicalName,
      SchemaName: key.logicalName,
      EntityLogicalName: table.logicalName,
      KeyAttributes: key.columns,
      EntityKeyIndexStatus: 'Active',
      DisplayName: labelDefinition(key.label, table.metadataId),
    })),
  OneToManyRelationships: (table) => table.oneToMany.map(relationshipDefinition),
  ManyToOneRelationships: (table) => table.manyToOne.map(relationshipDefinition),
  ManyToManyRelationships: (table) => table.manyToMany.map(manyToManyDefinition),
};

/** Answers `$metadata`, `EntityDefinitions…`, `GlobalOptionSetDefinitions…` and `RelationshipDefinitions…`; undefined for other paths. */
export function handleMetadataRequest(
  metadata: MetadataCatalogue,
  context: RequestContext,
  segments: readonly string[],
): HttpResponse | undefined {
  const [first = ''] = segments;
  const match =
    /^(\$metadata|EntityDefinitions|GlobalOptionSetDefinitions|RelationshipDefinitions|ManagedPropertyDefinitions)(?:\((.*)\))?$/.exec(
      first,
    );
  if (match === null) return undefined;
  const [, kind, key] = match;
  if (context.request.method !== 'GET')
    throw notEmulated('Changing metadata through the Web API', 'Import a solution that holds the change.');
  switch (kind) {
    case '$metadata':
      return {
        status: 200,
        headers: { 'Content-Type': 'application/xml', 'OData-Version': '4.0' },
        body: writeCsdl(metadata),
      };
    case 'EntityDefinitions':
      return key === undefined
        ? listOf(context, 'EntityDefinitions', tablesFor(metadata, context))
        : tableRequest(metadata, context, key, segments.slice(1));
    case 'GlobalOptionSetDefinitions':
      return choiceRequest(metadata, context, key);
    case 'RelationshipDefinitions':
      return relationshipRequest(metadata, context, key);
    default:
      throw notEmulated('ManagedPropertyDefinitions', 'They are not kept.');
  }
}

function tablesFor(metadata: MetadataCatalogue, context: RequestContext): Definition[] {
  return [...metadata.tables()].map((table) => expanded(table, context));
}

function expanded(table: TableMetadata, { options }: RequestContext): Definition {
  const definition = tableDefinition(table);
  for (const item of parseExpand(options.get('$expand') ?? 'Nothing').filter((one) => one.navigation !== 'Nothing')) {
    const read = collections[item.navigation];
    if (read === undefined) throw faults.unknownProperty(item.navigation, 'EntityMetadata');
    const rows = read(table).filter((row) => matches(row, item.options.get('$filter')));
    definition[item.navigation] = rows.map((row) => select(row, item.options.get('$select')));
  }
  return definition;
}

function listOf(context: RequestContext, name: string, rows: readonly Definition[]): HttpResponse {
  const { options } = context;
  for (const refused of ['$top', '$orderby', '$count', '$skip'])
    if (options.has(refused)) throw faults.queryNotSupported(`The query parameter ${refused} is not supported`);
  const keep = parseExpand(options.get('$expand') ?? 'Nothing').map((one) => one.navigation);
  const value = rows
    .filter((row) => matches(row, options.get('$filter')))
    .map((row) => select(row, options.get('$select'), keep));
  return answer(context, { '@odata.context': `${context.base}/$metadata#${name}`, value });
}

function findTable(metadata: MetadataCatalogue, key: string): TableMetadata {
  const name = /^LogicalName='(.*)'$/.exec(key)?.[1];
  const table =
    name === undefined
      ? [...metadata.tables()].find((one) => one.metadataId === key.toLowerCase())
      : metadata.table(name);
  if (table === undefined) throw faults.resourceNotFound(`EntityDefinitions(${key})`);
  return table;
}

function tableRequest(
  metadata: MetadataCatalogue,
  context: RequestContext,
  key: string,
  rest: readonly string[],
): HttpResponse {
  const table = findTable(metadata, key);
  const { base, options } = context;
  const [collection, cast] = rest;
  const keep = parseExpand(options.get('$expand') ?? 'Nothing').map((one) => one.navigation);
  if (collection === undefined)
    return answer(context, {
      '@odata.context': `${base}/$metadata#EntityDefinitions/$entity`,
      ...select(expanded(table, context), options.get('$select'), keep),
    });
  const [, name = '', inner] = /^([A-Za-z]+)(?:\((.*)\))?$/.exec(collection) ?? [];
  if (collections[name] === undefined) {
    const definition = tableDefinition(table);
    if (!(name in definition)) throw faults.resourceNotFound(collection);
    return answer(context, {
      '@odata.context': `${base}/$metadata#EntityDefinitions(${table.metadataId})/${name}`,
      value: definition[name],
    });
  }
  if (name === 'Attributes') return columnRequest(context, table, inner, inner === undefined ? cast : rest[1]);
  return listOf(context, `EntityDefinitions('${table.logicalName}')/${name}`, collections[name](table));
}

function columnRequest(
  context: RequestContext,
  table: TableMetadata,
  key: string | undefined,
  cast: string | undefined,
): HttpResponse {
  const { base, options } = context;
  const typeName =
    cast === undefined ? undefined : /^Microsoft\.Dynamics\.CRM\.(\w+)AttributeMetadata$/.exec(cast)?.[1];
  if (cast !== undefined && (typeName === undefined || typeName === 'Enum')) throw faults.resourceNotFound(cast);
  const isType = (column: ColumnMetadata) =>
    typeName === undefined ||
    (typeNames[column.attributeType] ?? column.attributeType).toLowerCase() === typeName.toLowerCase();
  const wantsOptions = parseExpand(options.get('$expand') ?? 'Nothing').some(
    (one) => one.navigation === 'OptionSet' || one.navigation === 'GlobalOptionSet',
  );
  const write = (column: ColumnMetadata) =>
    wantsOptions ? withOptions(column, table) : columnDefinition(column, table);
  if (key === undefined) {
    const rows = [...table.columns.values()]
      .filter(isType)
      .map(write)
      .filter((row) => matches(row, options.get('$filter')));
    const value = rows.map((row) =>
      select(row, options.get('$select'), ['OptionSet', 'GlobalOptionSet', '@odata.type']),
    );
    return answer(context, {
      '@odata.context': `${base}/$metadata#EntityDefinitions('${table.logicalName}')/Attributes`,
      value,
    });
  }
  const name =
    /^LogicalName='(.*)'$/.exec(key)?.[1] ??
    [...table.columns.values()].find((one) => one.metadataId === key)?.logicalName;
  const column = table.columns.get(name ?? '');
  if (column === undefined || !isType(column)) throw faults.resourceNotFound(`Attributes(${key})`);
  return answer(context, {
    '@odata.context': `${base}/$metadata#EntityDefinitions('${table.logicalName}')/Attributes/$entity`,
    ...select(write(column), options.get('$select'), ['OptionSet', 'GlobalOptionSet', '@odata.type']),
  });
}

function choiceRequest(metadata: MetadataCatalogue, context: RequestContext, key: string | undefined): HttpResponse {
  if (key === undefined)
    return listOf(context, 'GlobalOptionSetDefinitions', [...metadata.globalChoices()].map(choiceDefinition));
  const name = /^Name='(.*)'$/.exec(key)?.[1];
  const choice = [...metadata.globalChoices()].find((one) => one.name === name || one.metadataId === key);
  if (choice === undefined) throw faults.resourceNotFound(`GlobalOptionSetDefinitions(${key})`);
  return answer(context, {
    '@odata.context': `${context.base}/$metadata#GlobalOptionSetDefinitions/$entity`,
    ...choiceDefinition(choice),
  });
}

function relationshipRequest(
  metadata: MetadataCatalogue,
  context: RequestContext,
  key: string | undefined,
): HttpResponse {
  const all = [...metadata.tables()].flatMap((table) => [
    ...table.manyToOne.map(relationshipDefinition),
    ...table.manyToMany.filter((one) => one.firstTable === table.logicalName).map(manyToManyDefinition),
  ]);
  if (key === undefined) return listOf(context, 'RelationshipDefinitions', all);
  const name = /^SchemaName='(.*)'$/.exec(key)?.[1];
  const found = all.find((one) => one['SchemaName'] === name || one['MetadataId'] === key);
  if (found === undefined) throw faults.resourceNotFound(`RelationshipDefinitions(${key})`);
  return answer(context, { '@odata.context': `${context.base}/$metadata#RelationshipDefinitions/$entity`, ...found });
}

/** `MetadataId` is always returned. */
function select(row: Definition, text: string | undefined, keep: readonly string[] = []): Definition {
  if (text === undefined) return row;
  const wanted = parseSelect(text);
  const unknown = wanted.find((name) => !(name in row));
  if (
    unknown !== undefined &&
    !/^(Is|Can|Has|Auto|Entity|Introduced|Icon|Mobile|Days|Sync|Enforce|Owner|Primary|Recurrence|Report|Activity|Settings)/.test(
      unknown,
    )
  )
    throw faults.unknownProperty(unknown, 'MetadataBase');
  return Object.fromEntries(
    [...new Set([...keep, ...wanted, 'MetadataId'])].filter((name) => name in row).map((name) => [name, row[name]]),
  );
}

/** Filters on primitive and enum properties; managed properties through `/Value`. */
function matches(row: Definition, text: string | undefined): boolean {
  return text === undefined || Boolean(test(row, parseFilter(text)));
}

function test(row: Definition, node: FilterNode): unknown {
  switch (node.kind) {
    case 'literal':
      return node.literal.type === 'boolean'
        ? node.literal.value
        : node.literal.type === 'null'
          ? null
          : node.literal.type === 'number'
            ? Number(node.literal.text)
            : 'text' in node.literal
              ? node.literal.text
              : undefined;
    case 'path':
      return node.names.reduce<unknown>((here, name) => (here as Definition | null)?.[name], row);
    case 'not':
      return !test(row, node.of);
    case 'binary': {
      const left = test(row, node.left);
      if (node.operator === 'and') return left && test(row, node.right);
      if (node.operator === 'or') return left || test(row, node.right);
      const right = test(row, node.right);
      if (node.operator === 'eq') return left === right;
      if (node.operator === 'ne') return left !== right;
      throw faults.queryNotSupported(`The operator '${node.operator}' in a metadata query is not supported.`);
    }
    case 'call': {
      const [value, part] = node.arguments.map((argument) => String(test(row, argument)));
      if (node.name === 'contains') return value!.includes(part!);
      if (node.name === 'startswith') return value!.startsWith(part!);
      throw faults.queryNotSupported(`The function '${node.name}' in a metadata query is not supported.`);
    }
    default:
      throw faults.queryNotSupported('A lambda in a metadata query is not supported.');
  }
}
