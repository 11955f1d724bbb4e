import type { EntityStore } from '../entity-store.ts';
import { hasTemporaryTables } from '../rules/configuration-keys.ts';
import { defineEntity, readOnly, type EntityAction, type EntityDefinition } from './entity.ts';
import { newRow } from './stored-entity.ts';

/** Decided: the versions told; nothing here depends on them. */
const versions = {
  GetApplicationVersion: '10.0.2177.37',
  GetApplicationBuildVersion: '10.0.2177.37',
  GetPlatformBuildVersion: '7.0.7690.23',
} as const;

/** Clients ask the list of data entities which version they talk to. */
const actions = Object.entries(versions).map(([name, version]): EntityAction => ({
  name,
  binding: 'set',
  parameters: [],
  returns: { type: 'string' },
  run: () => version,
}));

/** Decided: AOT name. Every data entity, by its label. */
export const dataManagementEntities = defineEntity({
  name: 'DataManagementEntityEntity',
  set: 'DataManagementEntities',
  label: 'Data management entities',
  id: 0x2f02,
  key: ['EntityName'],
  fields: [
    ...['EntityName', 'TargetName', 'EntityKey', 'StagingTableName', 'ConfigurationKeyName'].map(
      (name) => ({ name, type: 'string' }) as const,
    ),
    ...['Modules', 'Tags', 'CountryRegionCodes'].map((name) => ({ name, type: 'string' }) as const),
    { name: 'EntityIsEnabled', type: 'enum', enumType: 'NoYes' },
    { name: 'IsShared', type: 'enum', enumType: 'NoYes' },
  ],
  storedAs: 'fno$DataManagementEntityEntity',
  writer: readOnly('DataManagementEntities'),
  actions,
});

/** RecIds of this list count from here, by the id of the entity: they are the same in every database. */
const firstRecId = 5_637_144_576;

/** Refreshes the entity list, as the deployment of a new version does, and somebody who has changed configuration keys. */
export function listDataEntities(entities: readonly EntityDefinition[], store: EntityStore): void {
  for (const entity of entities) {
    const key = { EntityName: entity.label };
    const values = {
      TargetName: entity.name,
      EntityKey: entity.key.join(','),
      StagingTableName: `${entity.name.replace(/Entity$/, '')}Staging`,
      EntityIsEnabled: hasTemporaryTables(entity, store) ? 'No' : 'Yes',
      IsShared: entity.isCompanyBound ? 'No' : 'Yes',
    };
    const known = store.read(dataManagementEntities.shape, key);
    // A store that is opened again after a crash may not be written yet: what was open in it still holds it.
    if (known !== undefined && Object.entries(values).every(([name, value]) => known[name] === value)) continue;
    if (known !== undefined) store.update(dataManagementEntities.shape, key, values);
    else
      store.insert(dataManagementEntities.shape, {
        ...newRow(dataManagementEntities, { ...key, ...values }),
        RecId: firstRecId + entity.id,
      });
  }
}
