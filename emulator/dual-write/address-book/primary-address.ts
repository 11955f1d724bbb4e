import type { MessageCall, OrganizationService } from '../../dataverse/index.ts';
import type { Lookup } from '../../query/index.ts';
import { findMany } from './find-many.ts';

const isPrimary = { msdyn_isprimary: true } as const;

/** A party has one primary address: where there is a new one, the others are it no more. The form asks before it is saved. */
export async function keepOnePrimary(
  { id, target, after }: MessageCall,
  organization: OrganizationService,
): Promise<void> {
  if (target['msdyn_isprimary'] !== true) return;
  const party = after!['msdyn_partyid'] as Lookup;
  const all = await findMany(organization, 'msdyn_partypostaladdress', [], { msdyn_partyid: party, ...isPrimary });
  for (const { msdyn_partypostaladdressid: other } of all)
    if (other !== id) await organization.update('msdyn_partypostaladdress', String(other), { msdyn_isprimary: false });
  for (const table of ['account', 'contact'])
    for (const parent of await findMany(organization, table, [], { msdyn_partyid: party }))
      await unmarkOthers(
        { table, id: String(parent[`${table}id`]) },
        await locationOf(after!, organization),
        organization,
      );
}

async function locationOf(
  link: Readonly<Record<string, unknown>>,
  organization: OrganizationService,
): Promise<string | undefined> {
  const { id } = link['msdyn_postaladdresscollectionid'] as Lookup;
  const row = await organization.retrieve('msdyn_postaladdresscollection', id, ['msdyn_location']);
  return row?.['msdyn_location'] as string | undefined;
}

async function unmarkOthers(parentid: Lookup, location: string | undefined, organization: OrganizationService) {
  const all = await findMany(organization, 'customeraddress', ['msdyn_locationid'], { parentid, ...isPrimary });
  for (const { customeraddressid: other, msdyn_locationid: at } of all)
    if (at !== location) await organization.update('customeraddress', String(other), { msdyn_isprimary: false });
}

/** An address that is marked as the primary one marks its location for the party. */
export async function markPrimary({ target, after }: MessageCall, organization: OrganizationService): Promise<void> {
  const parent = after?.['parentid'] as Lookup | null | undefined;
  if (target['msdyn_isprimary'] !== true || !parent || !after?.['msdyn_locationid']) return;
  const party = (await organization.retrieve(parent.table, parent.id, ['msdyn_partyid']))?.['msdyn_partyid'] as
    Lookup | null | undefined;
  const [location] = await findMany(organization, 'msdyn_postaladdresscollection', [], {
    msdyn_location: after['msdyn_locationid'],
  });
  if (!party || location === undefined) return;
  const at: Lookup = {
    table: 'msdyn_postaladdresscollection',
    id: String(location['msdyn_postaladdresscollectionid']),
  };
  const values = { msdyn_partyid: party, msdyn_postaladdresscollectionid: at, msdyn_isprimary: false };
  for (const { msdyn_partypostaladdressid: id } of await findMany(organization, 'msdyn_partypostaladdress', [], values))
    await organization.update('msdyn_partypostaladdress', String(id), isPrimary);
}
