import { notEmulated } from '../../kernel/index.ts';
import type { Row } from '../../query/index.ts';
import type { Database } from '../../storage/index.ts';
import type { Caller, VirtualTableProvider } from '../contract.ts';
import type { TableMetadata } from '../metadata/model.ts';
import { validateRow } from './validate-row.ts';
import type { Privileges } from '../security/privileges.ts';

interface Surroundings {
  readonly database: Database;
  readonly privileges: Privileges;
  readonly provider: () => VirtualTableProvider | undefined;
}

export interface VirtualWrite {
  readonly message: 'Create' | 'Update' | 'Delete';
  readonly table: TableMetadata;
  readonly id: string;
  readonly target: Row;
  readonly caller: Caller;
}

/** @throws Fault notEmulated when the emulator runs without what serves virtual tables */
export function requireProvider(
  table: TableMetadata,
  provider: VirtualTableProvider | undefined,
): VirtualTableProvider {
  if (provider !== undefined) return provider;
  throw notEmulated(
    `The virtual table '${table.logicalName}' without a provider`,
    'Start the emulator with finance and operations.',
  );
}

/** The other system would wait for what is open here. @throws Fault notEmulated inside a transaction */
export function requireNoTransaction(database: Database): void {
  if (database.inTransaction())
    throw notEmulated(
      'Writing a virtual table inside a change set or another save',
      'Send it as a request of its own.',
    );
}

/**
 * Stage 30 of a virtual table: its provider writes the row, outside the store's transaction, and it is read back, as the
 * platform does after each write. The platform gives no atomicity between a virtual and a native row either; no steps and
 * no callbacks run, because a virtual table raises no events.
 *
 * @returns the id the provider gave
 */
export async function writeVirtualRow(write: VirtualWrite, around: Surroundings): Promise<string> {
  const { message, table, target, caller } = write;
  const provider = requireProvider(table, around.provider());
  requireNoTransaction(around.database);
  around.privileges.require(caller, message === 'Update' ? 'Write' : message, table);
  if (message === 'Delete') {
    await provider.delete(table, write.id, caller);
    return write.id;
  }
  // What does not fit the column is refused here: the other system is not asked.
  validateRow(table, target);
  const id = message === 'Create' ? await provider.create(table, target, caller) : write.id;
  if (message === 'Update') await provider.update(table, id, target, caller);
  await provider.retrieve(table, id, [...table.columns.keys()], caller);
  return id;
}
