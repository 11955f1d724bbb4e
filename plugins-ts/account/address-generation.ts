/** A: addresses in the account map. B: party and global address book. */
export type AddressGeneration = 'A' | 'B' | 'unknown';

interface Version {
  readonly Major?: number;
  readonly Minor?: number;
  readonly Build?: number;
  readonly Revision?: number;
}

/** Which way addresses travel, from the version of the account map that runs and what that version maps. */
export async function readAddressGeneration(): Promise<AddressGeneration> {
  try {
    const running = await Xrm.WebApi.retrieveMultipleRecords('msdyn_dualwriteruntimeconfig', "?$select=msdyn_unsecure&$filter=msdyn_internalentityname eq 'account'");
    const configuration = running.entities.map((row) => parse(row.msdyn_unsecure)).find((one) => /customers v3/i.test(JSON.stringify(one)));
    const version = (configuration as { EntityMapVersion?: Version } | undefined)?.EntityMapVersion;
    if (version === undefined) return 'unknown';
    const text = [version.Major, version.Minor, version.Build, version.Revision].join('.');
    const maps = await Xrm.WebApi.retrieveMultipleRecords('msdyn_dualwriteentitymap', `?$select=msdyn_name,msdyn_mapping&$filter=msdyn_version eq '${text}'`);
    const map = maps.entities.find((row) => /\[accounts - Customers V3\]/i.test(String(row.msdyn_name)));
    const mapping = JSON.stringify(parse(map?.msdyn_mapping) ?? '');
    if (mapping.includes('address1_line1')) return 'A';
    return mapping.includes('msdyn_partyid.msdyn_partynumber') ? 'B' : 'unknown';
  } catch {
    return 'unknown';
  }
}

/** Older rows hold JSON inside a JSON text. */
function parse(value: unknown): unknown {
  try {
    const once: unknown = typeof value === 'string' ? JSON.parse(value) : value;
    return typeof once === 'string' ? JSON.parse(once) : once;
  } catch {
    return undefined;
  }
}
