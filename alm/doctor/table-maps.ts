import type { Check, Diagnosis, Patient } from './diagnosis.ts';
import type { NeededMap } from './needs.ts';
import { compareVersions } from './solutions.ts';
import { Refused, type Row } from './web-api.ts';

const runtime =
  'msdyn_dualwriteruntimeconfigs?$select=msdyn_name,msdyn_internalentityname,msdyn_externalentityname,msdyn_unsecure';
const definitions = 'msdyn_dualwriteentitymaps?$select=msdyn_name,msdyn_displayname,msdyn_version,msdyn_mapping';

/**
 * Whether the table maps run that the solution stands on, in a version that is new enough, and which generation of addresses
 * is in force. A running map has a row of its own in Dataverse; the highest version there is says nothing.
 */
export const checkTableMaps: Check = async (patient) => {
  const { api, needs } = patient;
  const running = await rowsOf(patient, runtime);
  if (running === undefined)
    return [
      {
        check: 'table-maps',
        level: 'error',
        what: 'Dual-write is not installed: there is no table msdyn_dualwriteruntimeconfig.',
        todo: 'Install the dual-write application, and connect it in finance and operations (Data management, Dual Write).',
      },
    ];
  const found = needs.maps.map((map) => examine(map, running));
  const account = needs.maps.find(({ table }) => table === 'account');
  const row = account === undefined ? undefined : running.find((one) => isOf(one, account));
  if (row === undefined) return found;
  const generation = generationOf(await api.list(definitions), row);
  if (generation === 'addressBook') found.push(...needs.addressBookMaps.map((map) => examine(map, running)));
  found.push(addressGeneration(generation, versionOf(row)));
  return found;
};

async function rowsOf({ api }: Patient, path: string): Promise<Row[] | undefined> {
  try {
    return await api.list(path);
  } catch (error) {
    if (error instanceof Refused && error.status === 404) return undefined;
    throw error;
  }
}

const isOf = (row: Row, { table, entity }: NeededMap) =>
  row['msdyn_internalentityname'] === table && row['msdyn_externalentityname'] === entity;

function examine(map: NeededMap, running: readonly Row[]): Diagnosis {
  const about = { check: 'table-maps', subject: map.name };
  const row = running.find((one) => isOf(one, map));
  if (row === undefined)
    return {
      ...about,
      level: 'error',
      what: `The table map ${map.name} does not run from Dataverse.`,
      todo: 'Run it in finance and operations: Data management, Dual Write. A paused map has to be resumed there.',
    };
  const version = versionOf(row);
  if (version === undefined)
    return {
      ...about,
      level: 'warning',
      what: `The table map ${map.name} runs in a version that cannot be read.`,
      todo: 'Stop it and run it again.',
    };
  if (compareVersions(version, map.minimum) < 0)
    return {
      ...about,
      level: 'error',
      what: `The table map ${map.name} runs in version ${version}; ${map.minimum} or later is needed.`,
      todo: 'Stop it, choose a later version under Table map version, and run it again.',
    };
  return { ...about, level: 'ok', what: `The table map ${map.name} runs in version ${version}.` };
}

/** `{"EntityMapVersion":{"Major":1,"Minor":0,"Build":0,"Revision":5}}` → `1.0.0.5` */
function versionOf(row: Row): string | undefined {
  const { EntityMapVersion: version } = (parsed(row['msdyn_unsecure']) ?? {}) as {
    EntityMapVersion?: Record<string, unknown>;
  };
  const parts = ['Major', 'Minor', 'Build', 'Revision'].map((part) => version?.[part]);
  return parts.every((part) => typeof part === 'number') ? parts.join('.') : undefined;
}

type Generation = 'accountMap' | 'addressBook' | undefined;

/** Read from what the running version maps: the account's own addresses, or its party. */
function generationOf(all: readonly Row[], running: Row): Generation {
  const version = versionOf(running);
  const own = all.filter((row) => row['msdyn_version'] === version && row['msdyn_name'] === running['msdyn_name']);
  const kinds = new Set(
    own.map((row) => {
      const { legs = [] } = (parsed(row['msdyn_mapping']) ?? {}) as {
        legs?: { fieldMappings?: { destinationField?: string }[] }[];
      };
      const fields = legs.flatMap(({ fieldMappings = [] }) => fieldMappings.map((one) => one.destinationField));
      const [hasAddress, hasParty] = [
        fields.includes('address1_line1'),
        fields.includes('msdyn_partyid.msdyn_partynumber'),
      ];
      return hasAddress === hasParty ? undefined : hasAddress ? 'accountMap' : 'addressBook';
    }),
  );
  const [kind] = kinds;
  return kinds.size === 1 ? kind : undefined;
}

function addressGeneration(generation: Generation, version: string | undefined): Diagnosis {
  const check = 'address-generation';
  if (generation === 'accountMap')
    return { check, level: 'ok', what: `Addresses travel in the account map (${version}).` };
  if (generation === 'addressBook')
    return { check, level: 'ok', what: `Addresses travel through the party and global address book (${version}).` };
  return {
    check,
    level: 'warning',
    what: 'It cannot be told whether addresses travel in the account map or through the address book.',
    todo: 'Look at the mapping of accounts: either address1_line1 or the party number is mapped, not both.',
  };
}

/** JSON that older versions wrote as JSON text inside JSON. */
function parsed(value: unknown): unknown {
  try {
    const once: unknown = JSON.parse(String(value));
    return typeof once === 'string' ? JSON.parse(once) : once;
  } catch {
    return undefined;
  }
}
