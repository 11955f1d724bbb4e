import type { NewId } from '../../kernel/index.ts';
import type { Catalogue } from '../metadata/catalogue.ts';
import type { TableMetadata } from '../metadata/model.ts';
import { activeComponent, applyActive, keepActive, type ActiveComponent } from '../solution-import/active-layer.ts';
import type { ComponentName } from '../solution-import/catalogue-components.ts';
import type { ImportPlatform } from '../solution-import/import-platform.ts';
import { openNodes } from '../solution-import/present-nodes.ts';
import { storeTable } from '../solution-import/tables.ts';
import { keepTypeCodes } from '../solution-import/type-codes.ts';
import type { OpenSolution } from './open-solution.ts';

/** One change of the metadata on its way. */
export interface CustomizingCall extends ImportPlatform {
  readonly newId: NewId;
  /** The metadata as it was. */
  readonly before: Catalogue;
  /** The unmanaged solution the change is made in. */
  readonly solution: OpenSolution;
  /** Labels of languages that are not sent stay. */
  readonly mergesLabels: boolean;
}

/** Puts components in force as they are from now on, and makes what they need in the store. */
export function putInForce(
  call: CustomizingCall,
  components: readonly ActiveComponent[],
  tables: readonly string[],
): void {
  const { database, catalogue } = call;
  for (const one of components) keepActive(database, one);
  applyActive(components, catalogue);
  for (const name of new Set(tables)) {
    const table = catalogue.table(name);
    if (table !== undefined) storeTable(call, table);
  }
  keepTypeCodes(database, catalogue);
}

/** A copy of the node that describes a component now: as it was changed here, else as the last package has it. */
export async function presentNode(call: CustomizingCall, name: ComponentName): Promise<ActiveComponent | undefined> {
  const active = activeComponent(call.database, name);
  // Reading the packages takes a while.
  return active?.node === undefined ? (await openNodes(call.database))(name) : active;
}

export const columnName = (table: Pick<TableMetadata, 'logicalName'>, name: string): ComponentName => ({
  kind: 'column',
  parent: table.logicalName,
  name,
});
export const tableName = (name: string): ComponentName => ({ kind: 'table', parent: '', name });
export const choiceName = (name: string): ComponentName => ({ kind: 'choice', parent: '', name });
export const relationshipName = (name: string): ComponentName => ({ kind: 'relationship', parent: '', name });
