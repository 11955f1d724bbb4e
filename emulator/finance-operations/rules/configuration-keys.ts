import type { DataEntity } from '../contract.ts';
import { disabledConfigurationTable } from '../entities/base-tables.ts';
import type { EntityStore } from '../entity-store.ts';
import { refused } from '../faults.ts';

/**
 * Whether a configuration key behind the entity is off. Its physical tables are replaced with temporary ones then, and it is as
 * if the key of the entity itself were off: it is not functional. The rows are back when the key is on again.
 *
 * Decided: an entity is named here rather than its keys; the key is that of its primary table. Not functional means at `/data`
 * that there is no such set; the metadata service goes on to tell of it, with `ConfigurationEnabled` false.
 *
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/data-entities/config-key-entities
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/power-platform/faq
 */
export const hasTemporaryTables = ({ name }: DataEntity, store: EntityStore): boolean =>
  store.setting(disabledConfigurationTable, { Entity: name }) !== undefined;

export function switchConfiguration({ name }: DataEntity, isEnabled: boolean, store: EntityStore): void {
  const key = { Entity: name };
  const isOff = store.read(disabledConfigurationTable, key) !== undefined;
  if (isEnabled && isOff) store.remove(disabledConfigurationTable, key);
  if (!isEnabled && !isOff) store.insert(disabledConfigurationTable, key);
}

/** @throws Fault when virtual rows of such an entity are asked for in pages */
export function refusePaging(entity: DataEntity, store: EntityStore): void {
  if (hasTemporaryTables(entity, store)) throw refused('Paging is not supported for queries with temporary tables.');
}

/** @throws Fault when a data event is raised on such an entity */
export function requirePhysicalTables(entity: DataEntity, store: EntityStore): void {
  if (hasTemporaryTables(entity, store))
    throw refused(`Cannot execute a data definition language command on ${entity.label} (${entity.name}).`);
}
