import type { Dataverse } from '../dataverse/index.ts';
import type { Database } from '../storage/database.ts';
import { faults } from './faults.ts';
import { findRow } from './find-row.ts';

/** Rows by which Dataverse knows that a map runs; each says which organization it was made in. */
export const runtimeTable = 'msdyn_dualwriteruntimeconfig';

export interface SecureConfig {
  /** Id of this organization. */
  organizationId(): Promise<string>;
  /** @throws Fault that fails the save, when a row left over from another organization says that dual-write runs on the table */
  require(table: string): Promise<void>;
  /** Reads the rows again: one of them was written. */
  forget(): void;
}

/**
 * What the plug-in of dual-write knows of the organization it was registered in. A copied environment has rows that were made
 * in the one it was copied from: until they are deleted, saves of their tables fail.
 *
 * Decided: the organization stands as `OrganizationId` in `msdyn_unsecure`; on the platform it is in a place nobody can read.
 *
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/data-entities/dual-write/dual-write-faq
 */
export function createSecureConfig({ organization, metadata }: Dataverse, database: Database): SecureConfig {
  let foreign: Promise<ReadonlyMap<string, string>> | undefined;
  let own: string | undefined;
  const forget = () => (foreign = undefined);

  const organizationId = async () => (own ??= (await findRow(organization, 'organization', {})) ?? '');

  /** Organizations of left-over rows by the table they are about. */
  async function read(): Promise<ReadonlyMap<string, string>> {
    const columns = ['msdyn_internalentityname', 'msdyn_unsecure'];
    const rows = await organization.retrieveMultiple({ table: runtimeTable, columns, joins: [], order: [] });
    const here = await organizationId();
    return new Map(
      rows.flatMap((row) => {
        const made = madeIn(String(row['msdyn_unsecure'] ?? ''));
        return made === undefined || made === here ? [] : [[String(row['msdyn_internalentityname']), made] as const];
      }),
    );
  }

  return {
    organizationId,
    async require(table) {
      if (metadata.table(runtimeTable) === undefined) return;
      const made = (await (foreign ??= read())).get(table);
      if (made !== undefined) throw faults.copiedEnvironment(made, await organizationId());
    },
    forget() {
      forget();
      database.onRollback(forget);
    },
  };
}

function madeIn(unsecure: string): string | undefined {
  try {
    const id = (JSON.parse(unsecure) as { OrganizationId?: unknown }).OrganizationId;
    return typeof id === 'string' ? id.toLowerCase() : undefined;
  } catch {
    return undefined;
  }
}
