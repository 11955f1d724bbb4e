import { faults } from './faults.ts';
import type { createMapActions } from './map-actions.ts';
import { requireAvailable, type MapStates } from './map-states.ts';
import type { StartedMaps } from './started-maps.ts';

/** A: addresses in the account map. B: party and global address book. */
export type AddressGeneration = 'A' | 'B';

/** The account map, whose content decides the generation. */
const accountMap = 'accounts - Customers V3';

/** Maps a fresh environment starts with, what is looked up before what looks it up. */
const referenceMaps = [
  'cdm_companies - Legal entities',
  'transactioncurrencies - Currencies',
  'msdyn_paymentdays - Payment days CDS',
  'msdyn_paymentschedules - Payment schedule',
  'msdyn_paymentterms - Terms of payment',
  'msdyn_customerpaymentmethods - Customer payment method',
  'msdyn_taxgroups - Sales tax groups',
  'msdyn_customergroups - Customer groups',
  'msdyn_vendorgroups - Vendor groups',
];

/** The maps that differ between the generations, in the order of their first write, each with its shipped version. */
const generationMaps: Record<AddressGeneration, readonly (readonly [map: string, version: string])[]> = {
  A: [
    ['msdyn_vendors - Vendors V2', '1.0.0.5'],
    [accountMap, '1.0.0.4'],
    ['contacts - CDS Contacts V2', '1.0.0.0'],
    ['contacts - CDS Contacts V2 (vendors)', '1.0.0.0'],
    ['contacts - Customers V3', '1.0.0.4'],
  ],
  B: [
    ['msdyn_addressroles - CDS Address roles', '1.0.0.0'],
    ['msdyn_parties - CDS Parties', '1.0.0.2'],
    ['msdyn_postaladdresscollections - CDS postal address locations', '1.0.0.0'],
    ['msdyn_postaladdresses - CDS postal address history V2', '1.0.0.2'],
    ['msdyn_partypostaladdresses - CDS Party postal address locations', '1.0.0.1'],
    ['msdyn_partyelectronicaddresses - Party contacts V3', '1.0.0.0'],
    ['msdyn_contactforparties - Contacts V2', '1.0.0.6'],
    ['msdyn_vendors - Vendors V2', '1.0.0.6'],
    [accountMap, '1.0.0.5'],
    ['contacts - Customers V3', '1.0.0.5'],
  ],
};

/** Run in either generation once somebody has started them: customers that are persons, and contacts of vendors. */
const onDemand: readonly string[] = ['contacts - Customers V3', 'contacts - CDS Contacts V2 (vendors)'];

const versionOf = (generation: AddressGeneration): string | undefined =>
  generationMaps[generation].find(([map]) => map === accountMap)?.[1];

/** Which generation of the account map runs: its content says, whatever its version is called. */
export function generationOf(maps: StartedMaps): AddressGeneration {
  const legs = maps.active().filter(({ state }) => state.map === accountMap);
  const fields = legs.flatMap(({ map }) => map.leg.fieldMappings);
  return fields.some((one) => one.destinationField === 'msdyn_partyid.msdyn_partynumber') ? 'B' : 'A';
}

export function createAddressGeneration(
  states: MapStates,
  maps: StartedMaps,
  { writeNow, stop }: Pick<ReturnType<typeof createMapActions>, 'writeNow' | 'stop'>,
) {
  return {
    /** Stops the maps of the other generation, and starts those of this one with an initial write. @throws Fault */
    async use(wanted: string): Promise<void> {
      if (wanted !== 'A' && wanted !== 'B') throw faults.unknownMap(`address generation ${wanted}`);
      const state = states.get(accountMap);
      if (state?.status === 'Running' && state.version === versionOf(wanted)) return;
      const all = new Set([...generationMaps.A, ...generationMaps.B].map(([name]) => name));
      const started = [...all].filter((name) => maps.statusOf(name) !== 'Not running');
      for (const name of started) requireAvailable('stop', name, maps.statusOf(name));
      for (const name of started) await stop(name, 'Stopped: the other address generation is to run');
      for (const [name, version] of generationMaps[wanted])
        if (!onDemand.includes(name) || started.includes(name)) await writeNow(name, version);
    },
    /** Starts the maps of a fresh environment, in generation A, and copies what finance and operations holds. */
    async startAll(): Promise<void> {
      for (const name of referenceMaps) await writeNow(name);
      for (const [name, version] of generationMaps.A) if (!onDemand.includes(name)) await writeNow(name, version);
    },
  };
}
