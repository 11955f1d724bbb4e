import type { EntityStore } from '../entity-store.ts';
import { notATable } from '../row-versions/untracked.ts';
import { defineEntity, readOnly, type EntityDefinition } from './entity.ts';

/** RecIds count from here, by the id of the entity: they are the same in every database. */
const firstRecId = 5_637_144_576;

/**
 * What Dataverse can show as virtual tables: every public data entity. The catalogue there stands on it.
 *
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/power-platform/enable-virtual-entities
 */
export const virtualEntityLists = defineEntity({
  name: 'CDSVirtualEntityListEntity',
  set: 'VirtualEntityLists',
  label: 'Virtual entity list',
  id: 0x2893,
  key: ['PhysicalName'],
  fields: [
    { name: 'PhysicalName', type: 'string' },
    { name: 'Description', type: 'string' },
  ],
  storedAs: 'fno$CDSVirtualEntityListEntity',
  untracked: notATable('CDSVirtualEntityList'),
  writer: readOnly('VirtualEntityLists'),
});

/** Refreshes the list, as the database synchronisation of a deployment does. */
export function listVirtualEntities(entities: readonly EntityDefinition[], store: EntityStore): void {
  for (const { name, label, id } of entities) {
    const key = { PhysicalName: name };
    const known = store.read(virtualEntityLists.shape, key);
    if (known === undefined)
      store.insert(virtualEntityLists.shape, { ...key, Description: label, RecId: firstRecId + id });
    else if (known['Description'] !== label) store.update(virtualEntityLists.shape, key, { Description: label });
  }
}
