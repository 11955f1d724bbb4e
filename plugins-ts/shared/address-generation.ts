/**
 * Which of the two dual-write maps of accounts carries addresses.
 *
 * - `accountMap`: the account's own address columns are mapped.
 * - `addressBook`: party and global address book; addresses travel through the address rows.
 * - `notKnown`: no map runs, the user may not read the maps, or they do not say.
 */
export type AddressGeneration = 'accountMap' | 'addressBook' | 'notKnown';

type Row = Readonly<Record<string, unknown>>;

/** The part of `Xrm.WebApi` needed to find out. */
export type RowReader = Pick<Xrm.WebApi, 'retrieveMultipleRecords'>;

const mapName = 'accounts - Customers V3';

/**
 * Finds the generation in force: the row of the running map names its version, the map of that version its columns.
 * The highest version is not it: parked ones such as 9.9.9.9 occur. Never fails.
 *
 * Decided: this is an inference from how dual-write keeps its maps, not a documented question to ask it.
 */
export async function readAddressGeneration(reader: RowReader): Promise<AddressGeneration> {
  try {
    const running = await reader.retrieveMultipleRecords(
      'msdyn_dualwriteruntimeconfig',
      "?$select=msdyn_name,msdyn_externalentityname,msdyn_unsecure&$filter=msdyn_internalentityname eq 'account'",
    );
    const runtime = running.entities.filter(isMapOfAccounts)[0];
    const version = runningVersion(runtime?.['msdyn_unsecure']);
    if (runtime === undefined || version === undefined) return 'notKnown';
    const { entities } = await reader.retrieveMultipleRecords(
      'msdyn_dualwriteentitymap',
      `?$select=msdyn_name,msdyn_displayname,msdyn_mapping&$filter=msdyn_version eq '${version}'`,
    );
    const maps = entities.filter(isMapOfAccounts);
    const own = maps.filter((map) => map['msdyn_name'] === runtime['msdyn_name']);
    const kinds = new Set((own.length > 0 ? own : maps).map((map) => generationOfMapping(map['msdyn_mapping'])));
    const [kind] = kinds;
    return kinds.size === 1 && kind !== undefined ? kind : 'notKnown';
  } catch {
    return 'notKnown';
  }
}

/** Any publisher's map: its name holds the pair in brackets. Other maps have accounts as their table too. */
function isMapOfAccounts(row: Row): boolean {
  const names = [row['msdyn_name'], row['msdyn_displayname']];
  return (
    names.some((name) => String(name ?? '').includes(mapName)) || row['msdyn_externalentityname'] === 'Customers V3'
  );
}

/** `{"EntityMapVersion":{"Major":1,"Minor":0,"Build":0,"Revision":5}}` → `1.0.0.5` */
function runningVersion(unsecure: unknown): string | undefined {
  const configuration = parsed(unsecure) as { EntityMapVersion?: Record<string, unknown> } | undefined;
  const parts = ['Major', 'Minor', 'Build', 'Revision'].map((part) => configuration?.EntityMapVersion?.[part]);
  return parts.every((part) => typeof part === 'number') ? parts.join('.') : undefined;
}

/** Reads a mapping by what it maps. Neither sign, or both, means that it cannot be told. */
function generationOfMapping(mapping: unknown): AddressGeneration {
  const { legs } = (parsed(mapping) ?? {}) as { legs?: { fieldMappings?: { destinationField?: unknown }[] }[] };
  if (!Array.isArray(legs)) return 'notKnown';
  const columns = new Set(legs.flatMap((leg) => (leg.fieldMappings ?? []).map((field) => field.destinationField)));
  const hasAddress = columns.has('address1_line1');
  if (hasAddress === columns.has('msdyn_partyid.msdyn_partynumber')) return 'notKnown';
  return hasAddress ? 'accountMap' : 'addressBook';
}

/** JSON that older versions wrote as JSON text inside JSON. */
function parsed(text: unknown): unknown {
  try {
    const value: unknown = JSON.parse(String(text));
    return typeof value === 'string' ? (JSON.parse(value) as unknown) : value;
  } catch {
    return undefined;
  }
}
