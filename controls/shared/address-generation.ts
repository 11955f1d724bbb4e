import { failureOf } from './failure';
import { quoted } from './odata-text';
import { textOf, type Row, type RowReader } from './rows';

/**
 * Which of the two dual-write maps of accounts carries addresses.
 *
 * - `accountMap`: the account's own address columns are mapped.
 * - `addressBook`: party and global address book; addresses travel through the address rows.
 */
export type AddressGeneration =
  | { readonly kind: 'accountMap' | 'addressBook'; readonly version: string }
  | { readonly kind: 'notKnown'; readonly why: 'notRunning' | 'noPermission' | 'unreadable' | 'failed' };

const mapName = 'accounts - Customers V3';
const runtimeQuery =
  '?$select=msdyn_name,msdyn_externalentityname,msdyn_unsecure' + `&$filter=msdyn_internalentityname eq 'account'`;

/**
 * Finds the generation in force: the row of the running map names its version, the map of that version its columns.
 * The highest version is not it: parked ones such as 9.9.9.9 occur. Never fails; what cannot be found out is `notKnown`.
 *
 * Decided: this is an inference from how dual-write keeps its maps, not a documented question to ask it.
 */
export async function readAddressGeneration(reader: RowReader): Promise<AddressGeneration> {
  try {
    const running = await reader.retrieveMultipleRecords('msdyn_dualwriteruntimeconfig', runtimeQuery);
    const runtime = running.entities.filter(isMapOfAccounts)[0];
    if (runtime === undefined) return { kind: 'notKnown', why: 'notRunning' };
    const version = runningVersion(textOf(runtime, 'msdyn_unsecure'));
    if (version === undefined) return { kind: 'notKnown', why: 'unreadable' };
    const query = `?$select=msdyn_name,msdyn_displayname,msdyn_mapping&$filter=msdyn_version eq ${quoted(version)}`;
    const maps = (await reader.retrieveMultipleRecords('msdyn_dualwriteentitymap', query)).entities.filter(
      isMapOfAccounts,
    );
    const own = maps.filter((map) => textOf(map, 'msdyn_name') === textOf(runtime, 'msdyn_name'));
    return agreed(own.length > 0 ? own : maps, version);
  } catch (error) {
    return { kind: 'notKnown', why: failureOf(error).kind };
  }
}

/** Any publisher's map: its name holds the pair in brackets. Other maps have accounts as their table too. */
function isMapOfAccounts(row: Row): boolean {
  const names = [textOf(row, 'msdyn_name'), textOf(row, 'msdyn_displayname')];
  return names.some((name) => name.includes(mapName)) || textOf(row, 'msdyn_externalentityname') === 'Customers V3';
}

/** `{"EntityMapVersion":{"Major":1,"Minor":0,"Build":0,"Revision":5}}` → `1.0.0.5` */
export function runningVersion(unsecure: string): string | undefined {
  const configuration = parsed(unsecure) as { EntityMapVersion?: Record<string, unknown> } | undefined;
  const parts = ['Major', 'Minor', 'Build', 'Revision'].map((part) => configuration?.EntityMapVersion?.[part]);
  return parts.every((part) => typeof part === 'number') ? parts.join('.') : undefined;
}

/** Reads a mapping by what it maps. Neither sign, or both, means that it cannot be told. */
export function generationOfMapping(mapping: string): 'accountMap' | 'addressBook' | undefined {
  const { legs } = (parsed(mapping) ?? {}) as { legs?: { fieldMappings?: { destinationField?: unknown }[] }[] };
  if (!Array.isArray(legs)) return undefined;
  const columns = new Set(legs.flatMap((leg) => (leg.fieldMappings ?? []).map((field) => field.destinationField)));
  const hasAddress = columns.has('address1_line1');
  const hasParty = columns.has('msdyn_partyid.msdyn_partynumber');
  if (hasAddress === hasParty) return undefined;
  return hasAddress ? 'accountMap' : 'addressBook';
}

function agreed(maps: readonly Row[], version: string): AddressGeneration {
  const kinds = new Set(maps.map((map) => generationOfMapping(textOf(map, 'msdyn_mapping'))));
  const [kind] = kinds;
  return kinds.size === 1 && kind !== undefined ? { kind, version } : { kind: 'notKnown', why: 'unreadable' };
}

/** JSON that older versions wrote as JSON text inside JSON. */
function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? (JSON.parse(value) as unknown) : value;
  } catch {
    return undefined;
  }
}
