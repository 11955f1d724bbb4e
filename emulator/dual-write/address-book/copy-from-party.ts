import type { Dataverse, MessageCall, OrganizationService } from '../../dataverse/index.ts';
import type { Lookup, Row } from '../../query/index.ts';
import { electronicColumnsOf } from './electronic-addresses.ts';

/** Columns of the name: in an account or a contact → in its party. */
const names: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  account: { name: 'msdyn_organizationname' },
  contact: { firstname: 'msdyn_firstname', middlename: 'msdyn_middlename', lastname: 'msdyn_lastname' },
};

/**
 * A new account or contact is called what its party is called, and is reached where it is, unless it says otherwise itself.
 *
 * Differs: an address made together with its customer arrives with it; on the platform it might not be there until it is saved again.
 */
export async function copyFromParty(
  { target, table: { logicalName } }: MessageCall,
  organization: OrganizationService,
  dataverse: Dataverse,
): Promise<void> {
  const party = target['msdyn_partyid'] as Lookup | null | undefined;
  if (!party) return;
  Object.assign(target, await electronicColumnsOf(logicalName, target, organization, dataverse));
  const columns = Object.entries(names[logicalName]!);
  if (columns.some(([column]) => (target[column] ?? null) !== null)) return;
  const row: Row = (await organization.retrieve(party.table, party.id, Object.values(names[logicalName]!))) ?? {};
  for (const [column, from] of columns) if ((row[from] ?? null) !== null) target[column] = row[from]!;
}
