import {
  addressHistory,
  customerAddresses,
  locations,
  parties,
  partyAddresses,
  partyLocations,
} from './address-book-entities.ts';
import { customersV3 } from './customers-v3.ts';
import type { EntityDefinition } from './entity.ts';
import { currencies, customerGroups, legalEntities } from './reference-entities.ts';

/** Every data entity at `/data`. */
export const entities: readonly EntityDefinition[] = [
  currencies,
  legalEntities,
  customerGroups,
  parties,
  locations,
  addressHistory,
  partyLocations,
  partyAddresses,
  customerAddresses,
  customersV3,
];
