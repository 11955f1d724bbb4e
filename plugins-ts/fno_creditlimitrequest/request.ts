/** Status reasons of a request. */
export const status = {
  inReview: 1,
  waiting: 715_000_001,
  applying: 715_000_002,
  proposed: 715_000_003,
  refused: 715_000_004,
  failed: 715_000_005,
  confirmed: 2,
  rejected: 715_000_006,
  notNeeded: 715_000_007,
  notSynchronised: 715_000_008,
} as const;

export const choices = { approve: 715_000_000, reject: 715_000_001 } as const;
export type Choice = keyof typeof choices;

/** Which of the two decisions a request waits for; undefined when for none. */
export type Turn = 'first' | 'second';

/** A request as the service holds it now, and the customer it is about. */
export interface CurrentRequest {
  readonly etag: string;
  readonly status: number;
  readonly statusText: string;
  readonly decision: number | null;
  readonly secondDecision: number | null;
  readonly decidedBy: string;
  readonly changedBy: string;
  readonly wanted: number;
  readonly wantedText: string;
  readonly customerName: string;
  /** Limit and version of the account: what the decision is about. */
  readonly limit: number;
  readonly version: string;
}

type Row = Readonly<Record<string, unknown>>;

const formatted = '@OData.Community.Display.V1.FormattedValue';
const columns = 'statuscode,fno_decision,fno_seconddecision,fno_requestedlimit,_fno_decidedby_value,_modifiedby_value';

/** @throws what the service says */
export async function readRequest(id: string, reader: Pick<Xrm.WebApi, 'retrieveRecord'>): Promise<CurrentRequest> {
  const options = `?$select=${columns}&$expand=fno_AccountId($select=name,creditlimit)`;
  const row = (await reader.retrieveRecord('fno_creditlimitrequest', id, options)) as Row;
  const account = (row['fno_AccountId'] ?? {}) as Row;
  return {
    etag: String(row['@odata.etag']),
    status: Number(row['statuscode']),
    statusText: String(row[`statuscode${formatted}`] ?? ''),
    decision: (row['fno_decision'] as number | null | undefined) ?? null,
    secondDecision: (row['fno_seconddecision'] as number | null | undefined) ?? null,
    decidedBy: String(row['_fno_decidedby_value'] ?? '').toLowerCase(),
    changedBy: String(row[`_modifiedby_value${formatted}`] ?? ''),
    wanted: Number(row['fno_requestedlimit'] ?? 0),
    wantedText: String(row[`fno_requestedlimit${formatted}`] ?? row['fno_requestedlimit'] ?? ''),
    customerName: String(account['name'] ?? ''),
    limit: Number(account['creditlimit'] ?? 0),
    version: String(account['@odata.etag'] ?? ''),
  };
}

export function turnOf({ status: now, decision, secondDecision }: CurrentRequest): Turn | undefined {
  if (now === status.inReview && decision === null) return 'first';
  return now === status.waiting && secondDecision === null ? 'second' : undefined;
}
