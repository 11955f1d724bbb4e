import type { HttpResponse } from '../../kernel/index.ts';
import type { DataEntity, EntityField } from '../contract.ts';
import type { ActionType, EntityAction, EntityDefinition } from '../entities/entity.ts';
import { enums, enumValue } from '../enums.ts';
import { faults } from '../faults.ts';
import { actionType, edmTypes } from './csdl.ts';
import { navigationsOf } from './navigation.ts';
import { labelId, publicName, words } from './names.ts';
import { respond } from './write-row.ts';

/**
 * Answers `/metadata/DataEntities`, `PublicEntities`, `PublicEnumerations` and `Labels(Id='…',Language='…')`.
 *
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/data-entities/services-home-page
 */
export function answerMetadata(
  path: string,
  entities: readonly EntityDefinition[],
  isEnabled: (entity: DataEntity) => boolean,
): HttpResponse {
  const [, resource = '', key] = /^\/metadata\/?(\w*)(?:\((.*)\))?$/.exec(path) ?? [undefined, 'unknown'];
  const byName = new Map(entities.map((entity) => [entity.name, entity]));
  const name = key?.replace(/^'|'$/g, '');
  switch (resource) {
    case '':
      return respond(200, {
        value: ['DataEntities', 'PublicEntities', 'PublicEnumerations', 'Labels'].map(resourceOf),
      });
    case 'DataEntities':
      return list(entities.map(dataEntity), 'Name', name, path);
    case 'PublicEntities':
      return list(
        entities.map((entity) => ({ ...publicEntity(entity, byName), ConfigurationEnabled: isEnabled(entity) })),
        'Name',
        name,
        path,
      );
    case 'PublicEnumerations':
      return list(Object.keys(enums).map(publicEnumeration), 'Name', name, path);
    case 'Labels':
      return label(key ?? '', entities, path);
    default:
      throw faults.notFound(path);
  }
}

const resourceOf = (name: string) => ({ name, kind: 'EntitySet', url: name });

function list(items: readonly object[], key: string, wanted: string | undefined, path: string): HttpResponse {
  if (wanted === undefined) return respond(200, { value: items });
  const found = items.find((item) => (item as Record<string, unknown>)[key] === wanted);
  if (found === undefined) throw faults.notFound(path);
  return respond(200, found);
}

const isReadOnly = ({ isReadOnly: flag }: EntityDefinition) => flag === true;

function dataEntity(entity: EntityDefinition) {
  return {
    Name: entity.name,
    PublicEntityName: publicName(entity),
    PublicCollectionName: entity.set,
    LabelId: labelId(entity),
    DataServiceEnabled: true,
    DataManagementEnabled: true,
    EntityCategory: null,
    IsReadOnly: isReadOnly(entity),
  };
}

const dataTypes: Readonly<Record<EntityField['type'], string>> = {
  string: 'String',
  real: 'Real',
  int: 'Int32',
  int64: 'Int64',
  date: 'Date',
  utcDateTime: 'UtcDateTime',
  enum: 'Enum',
  guid: 'Guid',
};

function publicEntity(entity: EntityDefinition, byName: ReadonlyMap<string, DataEntity>) {
  return {
    Name: publicName(entity),
    EntitySetName: entity.set,
    LabelId: labelId(entity),
    IsReadOnly: isReadOnly(entity),
    Properties: [...entity.fields.values()].map((field) => propertyOf(entity, field)),
    NavigationProperties: navigationsOf(entity, byName).map(({ name, target, fields, isCollection }) => ({
      Name: name,
      RelatedEntity: publicName(target),
      RelatedRelationName: null,
      Cardinality: isCollection ? 'Multiple' : 'Single',
      Constraints: Object.entries(fields).map(([Property, ReferencedProperty]) => ({ Property, ReferencedProperty })),
    })),
    Actions: entity.actions.map((action) => actionOf(entity, action)),
  };
}

/** The first parameter is what the action is bound to. */
function actionOf(entity: EntityDefinition, { name, binding, parameters, returns }: EntityAction) {
  const own = `Microsoft.Dynamics.DataEntities.${publicName(entity)}`;
  const typeOf = (type: ActionType | 'rows', IsCollection: boolean) => ({
    TypeName: type === 'rows' ? own : actionType(type),
    IsCollection: IsCollection || type === 'rows',
  });
  return {
    Name: name,
    BindingKind: binding === 'set' ? 'BoundToEntitySet' : 'BoundToEntityInstance',
    Parameters: [
      { Name: publicName(entity), Type: { TypeName: own, IsCollection: binding === 'set' } },
      ...parameters.map((parameter) => ({ Name: parameter.name, Type: typeOf(parameter.type, false) })),
    ],
    ReturnType: returns === undefined ? null : typeOf(returns.type, returns.isCollection === true),
    FieldLookup: null,
  };
}

function propertyOf(entity: DataEntity, field: EntityField) {
  const isKey = entity.key.includes(field.name);
  return {
    Name: field.name,
    TypeName: field.type === 'enum' ? `Microsoft.Dynamics.DataEntities.${field.enumType}` : edmTypes[field.type],
    DataType: dataTypes[field.type],
    LabelId: labelId(entity, field.name),
    IsKey: isKey,
    IsMandatory: field.isMandatory === true || isKey,
    ConfigurationEnabled: true,
    AllowEdit: field.allowEdit !== false && !isKey,
    AllowEditOnCreate: true,
    IsDimension: false,
    DimensionRelation: null,
    IsDynamicDimension: false,
    DimensionLegalEntityProperty: null,
    DimensionTypeProperty: null,
  };
}

const publicEnumeration = (name: string) => ({
  Name: name,
  LabelId: `@${name}`,
  Members: enums[name]!.map((symbol, index) => ({
    Name: symbol,
    Value: enumValue(name, index),
    LabelId: `@${name}:${symbol}`,
    ConfigurationEnabled: true,
  })),
});

/** A label in English; in a language that is not installed, its id. */
function label(key: string, entities: readonly EntityDefinition[], path: string): HttpResponse {
  const Id = /Id='([^']*)'/.exec(key)?.[1];
  const Language = /Language='([^']*)'/.exec(key)?.[1];
  if (Id === undefined || Language === undefined)
    throw faults.badRequest(`A label is asked for as Labels(Id='@…',Language='en-us'), not '${path}'.`);
  const [, owner = '', member] = /^@([^:]*)(?::(.*))?$/.exec(Id) ?? [];
  const entity = entities.find((one) => one.name === owner);
  const isKnown =
    entity === undefined
      ? enums[owner] !== undefined && (member === undefined || enums[owner].includes(member))
      : member === undefined || entity.fields.has(member);
  if (!isKnown) throw faults.notFound(path);
  const text = member === undefined ? (entity?.label ?? words(owner)) : words(member);
  return respond(200, { Id, Language, Value: /^en/i.test(Language) ? text : Id });
}
