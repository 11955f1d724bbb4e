import type { DataEntity } from '../contract.ts';
import { disabledConfigurationTable } from '../entities/base-tables.ts';
import type { EntityStore } from '../entity-store.ts';
import { refused } from '../faults.ts';

/**
 * Whether a configuration key behind the entity is off: its physical tables are replaced with temporary ones.
 *
 * Decided: an entity is named here rather than its configuration keys, and its rows stay where they are; what Dataverse
 * cannot do with such an entity is refused.
 *
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
