import { plainId, quoted } from '../shared/odata-text';
import type { Row, RowReader } from '../shared/rows';
import { wireName } from './compare';
import type { Column, Pair } from './model';

/** Which row is compared with which. */
export interface TwinKey {
  readonly accountNumber: string;
  readonly companyId: string;
  readonly twinTable: string;
  /** Column of the virtual table that holds the account number. */
  readonly twinKey: string;
}

/** The account as it is saved, with its version. */
export async function readOwnRow(
  key: TwinKey,
  columns: readonly Column[],
  reader: RowReader,
): Promise<Row | undefined> {
  const select = [...new Set([...columns.map(wireName), 'versionnumber'])].join(',');
  const filter = `accountnumber eq ${quoted(key.accountNumber)} and _msdyn_company_value eq ${plainId(key.companyId)}`;
  const answer = await reader.retrieveMultipleRecords('account', `?$select=${select}&$filter=${filter}&$top=1`);
  return answer.entities[0];
}

/** Its virtual twin, found by values: account number and company. Narrow, since every lookup costs another query. */
export async function readTwin(
  key: TwinKey,
  companyCode: string,
  pairs: readonly Pair[],
  reader: RowReader,
): Promise<Row | undefined> {
  const select = [...new Set(pairs.map(({ there }) => there))].join(',');
  const filter = `${key.twinKey} eq ${quoted(key.accountNumber)} and mserp_dataareaid eq ${quoted(companyCode)}`;
  const answer = await reader.retrieveMultipleRecords(key.twinTable, `?$select=${select}&$filter=${filter}&$top=1`);
  return answer.entities[0];
}
