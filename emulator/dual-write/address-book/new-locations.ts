import { Fault } from '../../kernel/index.ts';
import type { MessageCall, OrganizationService } from '../../dataverse/index.ts';
import type { Lookup, Row } from '../../query/index.ts';
import { addressColumns } from './address-columns.ts';
import { findMany } from './find-many.ts';
import { numberOfSlot, tablesWithAddresses } from './purposes.ts';

/**
 * A location a party gets in finance and operations is one more address of its accounts and contacts, unless it has the
 * purpose of one of their first addresses, in which it shows.
 *
 * @throws Fault 0x80040265 when one of them has an address of this location already
 */
export async function addCustomerAddresses({ after }: MessageCall, organization: OrganizationService): Promise<void> {
  const link = after!;
  const location = link['msdyn_postaladdresscollectionid'] as Lookup;
  const number = (await organization.retrieve(location.table, location.id, ['msdyn_location']))!['msdyn_location']!;
  for (const table of tablesWithAddresses) {
    if (numberOfSlot(table, link) !== undefined) continue;
    for (const parent of await findMany(organization, table, [], { msdyn_partyid: link['msdyn_partyid']! })) {
      const parentid: Lookup = { table, id: String(parent[`${table}id`]) };
      const there = await findMany(organization, 'customeraddress', [], { parentid, msdyn_locationid: number });
      if (there.length > 0) throw alreadyThere();
      await organization.create('customeraddress', {
        parentid,
        msdyn_locationid: number,
        msdyn_isprimary: link['msdyn_isprimary'] === true,
        msdyn_postaladdressroles: link['msdyn_postaladdresspurposenames'] ?? 'Business',
        name: link['msdyn_name'] ?? null,
        ...(await addressAt(location, organization)),
      });
    }
  }
}

/** What the version at a location says that came last. */
async function addressAt(location: Lookup, organization: OrganizationService): Promise<Row> {
  const versions = await findMany(
    organization,
    'msdyn_postaladdress',
    ['msdyn_validfrom', ...Object.values(addressColumns)],
    { msdyn_postaladdresscollectionid: location },
  );
  const last = [...versions].sort((one, other) =>
    String(one['msdyn_validfrom']) < String(other['msdyn_validfrom']) ? 1 : -1,
  )[0];
  return Object.fromEntries(Object.entries(addressColumns).map(([to, from]) => [to, last?.[from] ?? null]));
}

const alreadyThere = () =>
  new Fault(
    'locationAlreadyThere',
    { code: '0x80040265', status: 400 },
    'An error occurred in plugin. A record that has the attribute values Location ID already exists. The entity key Location ID Key requires that this set of attributes contains unique values. Select unique values and try again.',
  );
