import type { Dataverse, MessageCall, OrganizationService, Step } from '../../dataverse/index.ts';
import type { Clock } from '../../kernel/index.ts';
import type { Lookup, Row } from '../../query/index.ts';
import { addressColumns } from './address-columns.ts';
import { copyFromParty } from './copy-from-party.ts';
import { showElectronicAddress, toElectronicAddress } from './electronic-addresses.ts';
import { findMany } from './find-many.ts';
import { addCustomerAddresses } from './new-locations.ts';
import { keepOnePrimary, markPrimary } from './primary-address.ts';
import { hasPurpose, isParent, numberOfSlot, purposesOf, tablesWithAddresses, usualPurpose } from './purposes.ts';
import { requireFreeParty, requireParty } from './require-party.ts';

const endOfTime = '2154-12-31T23:59:59Z';
const namespace = 'Microsoft.Dynamics.GABExtended.Plugins';

export interface AddressBook {
  readonly dataverse: Dataverse;
  readonly clock: Clock;
  /** False while addresses travel in the account map. */
  isActive(): boolean;
  /** True while a change that came from finance and operations is being written. */
  isFromFinanceOperations(): boolean;
}

/** The plug-in steps of the party and global address book that keep `customeraddress` and the party tables in step. */
export function addressBookSteps(book: AddressBook): Step[] {
  const outward = (name: string, message: string, table: string, run: Step['run']): Step => ({
    name: `${namespace}.${name}`,
    message,
    table,
    stage: 40,
    run: async (call, organization) =>
      book.isActive() && !book.isFromFinanceOperations() ? run(call, organization) : undefined,
  });
  const always = (name: string, message: string, table: string, run: Step['run']): Step => ({
    name: `${namespace}.${name}`,
    message,
    table,
    stage: 40,
    run: async (call, organization) => (book.isActive() ? run(call, organization) : undefined),
  });
  return [
    outward('CreatePartyAddress', 'Create', 'customeraddress', (call, organization) =>
      toPartyAddress(call, organization, book),
    ),
    outward('CreatePartyAddress', 'Update', 'customeraddress', (call, organization) =>
      toPartyAddress(call, organization, book),
    ),
    always('UpdateCustomerAddress', 'Create', 'msdyn_postaladdress', (call, organization) =>
      toCustomerAddress(call, organization, book),
    ),
    always('UpdateCustomerAddress', 'Update', 'msdyn_postaladdress', (call, organization) =>
      toCustomerAddress(call, organization, book),
    ),
    always('CreateCustomerAddress', 'Create', 'msdyn_partypostaladdress', (call, organization) =>
      book.isFromFinanceOperations() ? addCustomerAddresses(call, organization) : Promise.resolve(),
    ),
    ...(['Create', 'Update'] as const).flatMap((message) => [
      outward('PartyPostalAddress', message, 'msdyn_partypostaladdress', keepOnePrimary),
      outward('CreatePartyAddress', message, 'customeraddress', markPrimary),
    ]),
    ...['Create', 'Update'].map((message) => ({
      name: `${namespace}.PartyInUse`,
      message,
      table: 'account',
      stage: 20 as const,
      rank: 2,
      run: async (call: MessageCall, organization: OrganizationService) =>
        book.isActive() ? requireFreeParty(call, organization) : undefined,
    })),
    {
      name: `${namespace}.CreatePartyAddress`,
      message: 'Create',
      table: 'customeraddress',
      stage: 20,
      run: async (call, organization) =>
        book.isActive() && !book.isFromFinanceOperations() ? requireParty(call, organization) : undefined,
    },
    always('UpdatePartyAttributesFromPartyEntity', 'Update', 'msdyn_party', (call, organization) =>
      nameFromParty(call, organization),
    ),
    outward('UpdatePartyAttributesFromAccountEntity', 'Update', 'account', (call, organization) =>
      nameToParty(call, organization),
    ),
    ...(['Create', 'Update', 'Delete'] as const).map((message) =>
      always('PartyElectronicAddressSync', message, 'msdyn_partyelectronicaddress', (call, organization) =>
        showElectronicAddress(call, organization, book.dataverse),
      ),
    ),
    ...tablesWithAddresses.flatMap((table) => [
      ...(['Create', 'Update'] as const).map((message) =>
        outward('UpdatePartyAttributesFromAccountEntity', message, table, (call, organization) =>
          toElectronicAddress(call, organization, book.dataverse),
        ),
      ),
      {
        name: `${namespace}.CopyAccountAttributesFromParty`,
        message: 'Create' as const,
        table,
        stage: 20 as const,
        run: async (call: MessageCall, organization: OrganizationService) => {
          if (!book.isActive()) return;
          if (table === 'account' && !book.isFromFinanceOperations()) await addParty(call, organization);
          await copyFromParty(call, organization, book.dataverse);
        },
      },
    ]),
  ];
}

/** A changed address of an account, or a contact, becomes a new dated version at its location. */
async function toPartyAddress(call: MessageCall, organization: OrganizationService, book: AddressBook): Promise<void> {
  const { after, target } = call;
  const parent = after?.['parentid'] as Lookup | null;
  if (!isParent(parent)) return;
  if (!Object.keys(addressColumns).some((column) => column in target)) return;
  const party = (await organization.retrieve(parent.table, parent.id, ['msdyn_partyid']))?.['msdyn_partyid'] as
    Lookup | null | undefined;
  if (party === null || party === undefined) return;
  const values: Row = Object.fromEntries(
    Object.entries(addressColumns).map(([from, to]) => [to, after![from] ?? null]),
  );
  const purpose = purposesOf(parent.table, after!);
  const location = await locationOf(party, purpose, after!, call.id, organization);
  const versions = await findMany(
    organization,
    'msdyn_postaladdress',
    ['msdyn_validfrom', 'msdyn_validto', ...Object.values(addressColumns)],
    { msdyn_postaladdresscollectionid: location },
  );
  const current = versions.find(
    (version) => version['msdyn_validto'] === endOfTime || version['msdyn_validto'] === null,
  );
  if (current !== undefined && Object.entries(values).every(([name, value]) => (current[name] ?? null) === value))
    return;
  const now = `${book.clock.now().toISOString().slice(0, 19)}Z`;
  if (current?.['msdyn_validfrom'] === now)
    return organization.update('msdyn_postaladdress', String(current['msdyn_postaladdressid']), values);
  if (current !== undefined) {
    const closed = `${new Date(Date.parse(now) - 1000).toISOString().slice(0, 19)}Z`;
    await organization.update('msdyn_postaladdress', String(current['msdyn_postaladdressid']), {
      msdyn_validto: closed,
    });
  }
  await organization.create('msdyn_postaladdress', {
    msdyn_name: purpose,
    msdyn_postaladdresscollectionid: location,
    msdyn_validfrom: now,
    msdyn_validto: endOfTime,
    ...values,
  });
}

/** The location of an address: the one it names, the party's for the usual purpose of its number, else a new one. */
async function locationOf(
  party: Lookup,
  purpose: string,
  address: Row,
  addressId: string,
  organization: OrganizationService,
): Promise<Lookup> {
  const links = await findMany(
    organization,
    'msdyn_partypostaladdress',
    ['msdyn_postaladdresscollectionid', 'msdyn_postaladdresspurposenames'],
    { msdyn_partyid: party },
  );
  const named = address['msdyn_locationid'] as string | null | undefined;
  if (named) {
    const [location] = await findMany(organization, 'msdyn_postaladdresscollection', [], { msdyn_location: named });
    if (location !== undefined)
      return { table: 'msdyn_postaladdresscollection', id: String(location['msdyn_postaladdresscollectionid']) };
  } else {
    const usual = usualPurpose((address['parentid'] as Lookup).table, Number(address['addressnumber']));
    const link = usual === undefined ? undefined : links.find((one) => hasPurpose(one, usual));
    if (link !== undefined) return link['msdyn_postaladdresscollectionid'] as Lookup;
  }
  const number = named || `DV${addressId.replaceAll('-', '').slice(0, 12)}`;
  const id = await organization.create('msdyn_postaladdresscollection', {
    msdyn_location: number,
    msdyn_description: String(address['name'] ?? purpose),
  });
  const location: Lookup = { table: 'msdyn_postaladdresscollection', id };
  await organization.create('msdyn_partypostaladdress', {
    msdyn_name: purpose,
    msdyn_partyid: party,
    msdyn_postaladdresscollectionid: location,
    msdyn_isprimary: address['msdyn_isprimary'] === true || links.length === 0,
    msdyn_postaladdresspurposenames: purpose,
  });
  if (!named) await organization.update('customeraddress', addressId, { msdyn_locationid: number });
  return location;
}

/** A version in force shows in the address rows of the accounts of every party at its location. */
async function toCustomerAddress(
  { after }: MessageCall,
  organization: OrganizationService,
  book: AddressBook,
): Promise<void> {
  if (after === undefined || (after['msdyn_validto'] !== endOfTime && after['msdyn_validto'] !== null)) return;
  if (!book.isFromFinanceOperations()) return;
  await showAtLocation(after['msdyn_postaladdresscollectionid'] as Lookup, after, organization);
}

async function showAtLocation(location: Lookup, version: Row, organization: OrganizationService): Promise<void> {
  const values: Row = Object.fromEntries(
    Object.entries(addressColumns).map(([to, from]) => [to, version[from] ?? null]),
  );
  const collection = await organization.retrieve('msdyn_postaladdresscollection', location.id, ['msdyn_location']);
  for (const link of await findMany(
    organization,
    'msdyn_partypostaladdress',
    ['msdyn_partyid', 'msdyn_postaladdresspurposenames'],
    { msdyn_postaladdresscollectionid: location },
  ))
    for (const table of tablesWithAddresses)
      for (const parent of await findMany(organization, table, [], { msdyn_partyid: link['msdyn_partyid'] as Lookup }))
        for (const row of await findMany(
          organization,
          'customeraddress',
          ['customeraddressid', 'addressnumber', 'msdyn_locationid'],
          { parentid: { table, id: String(parent[`${table}id`]) } },
        )) {
          const isHere = row['msdyn_locationid']
            ? row['msdyn_locationid'] === collection?.['msdyn_location']
            : numberOfSlot(table, link) === Number(row['addressnumber']);
          if (isHere) await organization.update('customeraddress', String(row['customeraddressid']), values);
        }
}

async function nameFromParty({ id, target, after }: MessageCall, organization: OrganizationService): Promise<void> {
  const name = after?.['msdyn_organizationname'];
  if (!('msdyn_organizationname' in target) || !name) return;
  for (const account of await findMany(organization, 'account', ['accountid', 'name'], {
    msdyn_partyid: { table: 'msdyn_party', id },
  })) {
    if (account['name'] !== name) await organization.update('account', String(account['accountid']), { name });
  }
}

async function nameToParty({ target, after }: MessageCall, organization: OrganizationService): Promise<void> {
  const party = after?.['msdyn_partyid'] as Lookup | null | undefined;
  if (!('name' in target) || party === null || party === undefined) return;
  const before = await organization.retrieve('msdyn_party', party.id, ['msdyn_organizationname']);
  if (before?.['msdyn_organizationname'] !== after?.['name'])
    await organization.update('msdyn_party', party.id, { msdyn_organizationname: after!['name']! });
}

const organizationParty = 192350002;
const customer = 3;

/** A new customer without a party gets one of its name. */
async function addParty({ target }: MessageCall, organization: OrganizationService): Promise<void> {
  if (
    target['customertypecode'] !== customer ||
    target['msdyn_company'] === undefined ||
    target['msdyn_partyid'] !== undefined
  )
    return;
  const name = String(target['name'] ?? '');
  const id = await organization.create('msdyn_party', {
    msdyn_partytype: organizationParty,
    msdyn_organizationname: name,
    msdyn_namealias: name.slice(0, 20),
  });
  target['msdyn_partyid'] = { table: 'msdyn_party', id };
}
