import { faults } from './faults.ts';
import type { createMapActions } from './map-actions.ts';
import { requireAvailable, type MapStates } from './map-states.ts';
import type { StartedMaps } from './started-maps.ts';

/** A: addresses in the account map. B: party and global address book. */
export type AddressGeneration = 'A' | 'B';

/** The account map, whose content decides the generation, and its shipped versions. */
const accountMap = 'accounts - Customers V3';
const versionOf: Record<AddressGeneration, string> = { A: '1.0.0.4', B: '1.0.0.5' };

/** Maps a fresh environment starts with; those of the address book run in generation B only. */
const referenceMaps = [
  'cdm_companies - Legal entities',
  'transactioncurrencies - Currencies',
  'msdyn_customergroups - Customer groups',
];
const addressBookMaps = [
  'msdyn_parties - CDS Parties',
  'msdyn_postaladdresscollections - CDS postal address locations',
  'msdyn_postaladdresses - CDS postal address history V2',
  'msdyn_partypostaladdresses - CDS Party postal address locations',
];

/** Which generation of the account map runs: its content says, whatever its version is called. */
export function generationOf(maps: StartedMaps): AddressGeneration {
  const account = maps.active().find(({ state }) => state.map === accountMap);
  const fields = account?.map.leg.fieldMappings ?? [];
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
      if (state?.status === 'Running' && state.version === versionOf[wanted]) return;
      const started = [accountMap, ...addressBookMaps].filter((name) => maps.statusOf(name) !== 'Not running');
      for (const name of started) requireAvailable('stop', name, maps.statusOf(name));
      for (const name of started) await stop(name, 'Stopped: the other address generation is to run');
      for (const name of wanted === 'B' ? addressBookMaps : []) await writeNow(name);
      await writeNow(accountMap, versionOf[wanted]);
    },
    /** Starts the maps of a fresh environment, in generation A, and copies what finance and operations holds. */
    async startAll(): Promise<void> {
      for (const name of referenceMaps) await writeNow(name);
      await writeNow(accountMap, versionOf.A);
    },
  };
}
