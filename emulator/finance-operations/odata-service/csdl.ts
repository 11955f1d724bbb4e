import type { DataEntity, EntityField } from '../contract.ts';
import type { ActionType, EntityAction, EntityDefinition } from '../entities/entity.ts';
import { enums, enumValue } from '../enums.ts';
import { publicName } from './names.ts';
import { navigationsOf } from './navigation.ts';

export const edmTypes: Readonly<Record<EntityField['type'], string>> = {
  string: 'Edm.String',
  real: 'Edm.Decimal',
  int: 'Edm.Int32',
  int64: 'Edm.Int64',
  date: 'Edm.DateTimeOffset',
  utcDateTime: 'Edm.DateTimeOffset',
  enum: '',
  guid: 'Edm.Guid',
};
const namespace = 'Microsoft.Dynamics.DataEntities';

/** Type of a parameter, or of the result, of an action. */
export const actionType = (type: ActionType): string => (type === 'boolean' ? 'Edm.Boolean' : edmTypes[type]);

/** The service's CSDL. */
export function writeMetadata(entities: readonly EntityDefinition[]): string {
  const byName = new Map(entities.map((entity) => [entity.name, entity]));
  return `<?xml version="1.0" encoding="utf-8"?>
<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices><Schema Namespace="${namespace}" xmlns="http://docs.oasis-open.org/odata/ns/edm">
${[...Object.keys(enums).map(enumXml), ...entities.map((entity) => entityXml(entity, byName)), ...entities.flatMap(actionsXml)].join('\n')}
<EntityContainer Name="Resources">${entities.map((entity) => setXml(entity, byName)).join('')}</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>`;
}

function enumXml(name: string): string {
  const members = enums[name]!.map((symbol, index) => `<Member Name="${symbol}" Value="${enumValue(name, index)}" />`);
  return `<EnumType Name="${name}">${members.join('')}</EnumType>`;
}

type ByName = ReadonlyMap<string, DataEntity>;

function entityXml(entity: DataEntity, byName: ByName): string {
  const keys = entity.key.map((name) => `<PropertyRef Name="${name}" />`).join('');
  const properties = [...entity.fields.values()].map((field) => propertyXml(field, entity.key.includes(field.name)));
  const navigations = navigationsOf(entity, byName).map(({ name, target, fields, isCollection }) => {
    const type = `${namespace}.${publicName(target)}`;
    const constraints = Object.entries(fields).map(
      ([property, referenced]) => `<ReferentialConstraint Property="${property}" ReferencedProperty="${referenced}" />`,
    );
    return isCollection
      ? `<NavigationProperty Name="${name}" Type="Collection(${type})" />`
      : `<NavigationProperty Name="${name}" Type="${type}">${constraints.join('')}</NavigationProperty>`;
  });
  return `<EntityType Name="${publicName(entity)}"><Key>${keys}</Key>${properties.join('')}${navigations.join('')}</EntityType>`;
}

function propertyXml({ name, type, enumType, maxLength }: EntityField, isKey: boolean): string {
  const edm = type === 'enum' ? `${namespace}.${enumType}` : edmTypes[type];
  const isValue = type !== 'string' && type !== 'enum';
  const nullable = isKey || isValue ? ' Nullable="false"' : '';
  const more = type === 'real' ? ' Scale="variable"' : maxLength === undefined ? '' : ` MaxLength="${maxLength}"`;
  return `<Property Name="${name}" Type="${edm}"${nullable}${more} />`;
}

const collectionOf = (type: string) => `Collection(${type})`;

function actionsXml(entity: EntityDefinition): string[] {
  return entity.actions.map((action) => {
    const binding = parameterXml({ name: publicName(entity), type: boundType(entity, action) });
    const parameters = action.parameters.map(({ name, type }) => parameterXml({ name, type: actionType(type) }));
    const type = returnType(entity, action);
    const result = type === undefined ? '' : `<ReturnType Type="${type}" />`;
    return `<Action Name="${action.name}" IsBound="true">${[binding, ...parameters].join('')}${result}</Action>`;
  });
}

const parameterXml = ({ name, type }: { readonly name: string; readonly type: string }) =>
  `<Parameter Name="${name}" Type="${type}" />`;

const entityType = (entity: DataEntity) => `${namespace}.${publicName(entity)}`;

const boundType = (entity: DataEntity, { binding }: EntityAction) =>
  binding === 'set' ? collectionOf(entityType(entity)) : entityType(entity);

function returnType(entity: DataEntity, { returns }: EntityAction): string | undefined {
  if (returns === undefined) return undefined;
  if (returns.type === 'rows') return collectionOf(entityType(entity));
  const type = actionType(returns.type);
  return returns.isCollection === true ? collectionOf(type) : type;
}

function setXml(entity: DataEntity, byName: ByName): string {
  const bindings = navigationsOf(entity, byName).map(
    ({ name, target }) => `<NavigationPropertyBinding Path="${name}" Target="${target.set}" />`,
  );
  return `<EntitySet Name="${entity.set}" EntityType="${namespace}.${publicName(entity)}">${bindings.join('')}</EntitySet>`;
}
