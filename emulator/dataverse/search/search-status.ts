import type { RequestContext } from '../web-api/request-context.ts';
import { partsOf, updateIndex } from './search-index.ts';
import { isSearchOn, searchableTables, type SearchableTable } from './searchable-tables.ts';

/** Fields every table has in the index go by letters, all others by numbers of their own. */
const commonFields: Readonly<Record<string, string>> = {
  ownerid: 'b_0',
  owningbusinessunit: 'c_0',
  versionnumber: 'e_0',
  statecode: 'f_0',
  statuscode: 'g_0',
  entityimage_url: 'h_0',
  createdon: 'i_0',
  modifiedon: 'j_0',
};
/** `a0w`, the first number seen in answers of the real service. */
const firstField = Number.parseInt('0w', 36);

/**
 * Whether search is on, and what it looks through. Called inside a transaction.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/search/statistics-status#status
 */
export function searchStatus({ parts }: RequestContext) {
  if (!isSearchOn(parts)) return { value: { status: 'notprovisioned', lockboxstatus: 'Unknown' } };
  const tables = searchableTables(parts);
  updateIndex(parts, tables);
  let next = firstField;
  const fieldName = () => `a${(next++).toString(36).padStart(2, '0')}`;
  return {
    value: {
      entitystatusresults: tables.map((one) => statusOf(one, timestamps(parts), fieldName)),
      status: 'provisioned',
      lockboxstatus: 'Disabled',
      cmkstatus: 'Disabled',
    },
  };
}

/** Moments of the last synchronisation: now, for every search brings the index up to date. */
function timestamps({ clock, database }: RequestContext['parts']) {
  const now = clock.now().toISOString();
  const moment = `${now.slice(5, 7)}/${now.slice(8, 10)}/${now.slice(0, 4)} ${now.slice(11, 19)}`;
  return (table: string, hasVersions: boolean) => {
    const last = hasVersions ? database.line(`select max(versionnumber) from "${table}"`)?.[0] : undefined;
    return `${String(last ?? 0)}!${moment}`;
  };
}

function statusOf({ table, indexed }: SearchableTable, at: ReturnType<typeof timestamps>, fieldName: () => string) {
  const { logicalName, objectTypeCode, primaryId, primaryName } = table;
  const own: Record<string, string> = { ...commonFields, [primaryId]: 'a_0', [primaryName ?? primaryId]: 'd_0' };
  const fields = [...indexed].map((name) => [name, { indexfieldname: own[name] ?? fieldName() }] as const);
  return {
    entitylogicalname: logicalName,
    objecttypecode: objectTypeCode,
    primarynamefield: primaryName ?? primaryId,
    lastdatasynctimestamp: at(logicalName, table.columns.has('versionnumber')),
    lastprincipalobjectaccesssynctimestamp: at(logicalName, false),
    entitystatus: 'EntitySyncComplete',
    searchableindexedfieldinfomap: Object.fromEntries(fields),
  };
}

/**
 * How large the index is. Called inside a transaction.
 *
 * @throws nothing: with search off there is no index, and it is empty
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/search/statistics-status#statistics
 */
export function searchStatistics({ parts }: RequestContext) {
  const { database } = parts;
  const tables = isSearchOn(parts) ? searchableTables(parts) : [];
  updateIndex(parts, tables);
  const sum = (sql: (names: ReturnType<typeof partsOf>) => string) =>
    tables.reduce((total, { table }) => total + Number(database.line(sql(partsOf(table.logicalName)))![0]), 0);
  const block = (name: string) => `(select coalesce(sum(length(block)), 0) from ${name.slice(0, -1)}_data")`;
  const bytes = sum(({ words, stems }) => `select ${block(words)} + ${block(stems)}`);
  return {
    value: {
      storagesizeinbytes: bytes,
      storagesizeinmb: Math.floor(bytes / 1024 / 1024),
      documentcount: sum(({ documents }) => `select count(*) from ${documents}`),
    },
  };
}
