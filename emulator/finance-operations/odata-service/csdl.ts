import type { DataEntity, EntityField } from '../contract.ts';
import { enums } from '../enums.ts';

const types: Record<EntityField['type'], string> = {
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

/** The service's CSDL. */
export function writeMetadata(entities: readonly DataEntity[]): string {
  const enumTypes = Object.entries(enums).map(
    ([name, symbols]) =>
      `<EnumType Name="${name}">${symbols.map((symbol, value) => `<Member Name="${symbol}" Value="${value}" />`).join('')}</EnumType>`,
  );
  const entityTypes = entities.map((entity) => {
    const keys = entity.key.map((name) => `<PropertyRef Name="${name}" />`).join('');
    const properties = [...entity.fields.values()]
      .map(
        (field) =>
          `<Property Name="${field.name}" Type="${field.type === 'enum' ? `${namespace}.${field.enumType}` : types[field.type]}" />`,
      )
      .join('');
    return `<EntityType Name="${entity.set}Row"><Key>${keys}</Key>${properties}</EntityType>`;
  });
  const sets = entities
    .map((entity) => `<EntitySet Name="${entity.set}" EntityType="${namespace}.${entity.set}Row" />`)
    .join('');
  return `<?xml version="1.0" encoding="utf-8"?>
<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices><Schema Namespace="${namespace}" xmlns="http://docs.oasis-open.org/odata/ns/edm">
${[...enumTypes, ...entityTypes].join('\n')}
<EntityContainer Name="Resources">${sets}</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>`;
}
