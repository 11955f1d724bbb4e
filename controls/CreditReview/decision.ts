import { plainId } from '../shared/odata-text';
import { textOf, type Row, type RowReader } from '../shared/rows';

/** Options of `fno_decision` and `fno_seconddecision`. */
export const choices = { approve: 715000000, reject: 715000001 } as const;
export type Choice = keyof typeof choices;

/** Options of `statuscode` of a request that somebody can decide. */
export const inReview = 1;
export const waitingForManager = 715000001;

/** Which of the two decisions a request waits for; undefined when it waits for none. */
export type Turn = 'first' | 'second';
export function turnOf(
  status: number | null,
  decision: number | null,
  secondDecision: number | null,
): Turn | undefined {
  if (status === inReview && decision === null) return 'first';
  return status === waitingForManager && secondDecision === null ? 'second' : undefined;
}

/** A request as it is saved, with the version a decision is written against. */
export interface SavedRequest {
  readonly id: string;
  readonly version: string;
  readonly status: number;
  /** In words. */
  readonly statusText: string;
  readonly decision: number | null;
  readonly secondDecision: number | null;
  readonly changedBy: string;
  /** Who gave the first decision; empty for nobody. */
  readonly decidedBy: string;
  /** When it was told of something new last; empty for never. */
  readonly activity: string;
  /** The customer's row: the limit is written against the version it has now. */
  readonly account: { readonly limit: number; readonly version: string } | undefined;
}

const formatted = '@OData.Community.Display.V1.FormattedValue';
const columns =
  'fno_creditlimitrequestid,statuscode,fno_decision,fno_seconddecision,fno_newactivityon,_fno_decidedby_value,_modifiedby_value';

/** A case has one request: its key. @returns undefined where it is gone, or not to be seen */
export async function readRequest(caseId: string, reader: RowReader): Promise<SavedRequest | undefined> {
  const query =
    `?$select=${columns}&$expand=fno_AccountId($select=creditlimit)` +
    `&$filter=_fno_caseid_value eq ${plainId(caseId)}&$top=1`;
  const [row] = (await reader.retrieveMultipleRecords('fno_creditlimitrequest', query)).entities;
  return row && savedFrom(row);
}

function accountOf(row: Row): SavedRequest['account'] {
  const account = row['fno_AccountId'] as Row | null | undefined;
  if (account === null || account === undefined) return undefined;
  return { limit: Number(account['creditlimit'] ?? 0), version: textOf(account, '@odata.etag') };
}

const savedFrom = (row: Row): SavedRequest => ({
  id: textOf(row, 'fno_creditlimitrequestid'),
  version: textOf(row, '@odata.etag'),
  status: Number(row['statuscode']),
  statusText: textOf(row, `statuscode${formatted}`),
  decision: (row['fno_decision'] as number | null | undefined) ?? null,
  secondDecision: (row['fno_seconddecision'] as number | null | undefined) ?? null,
  changedBy: textOf(row, `_modifiedby_value${formatted}`),
  decidedBy: textOf(row, '_fno_decidedby_value'),
  activity: textOf(row, 'fno_newactivityon'),
  account: accountOf(row),
});

/** Whether the decision somebody is about to make has been made since it was shown. */
export const isOvertaken = ({ status, decision, secondDecision }: SavedRequest, turn: Turn): boolean =>
  turnOf(status, decision, secondDecision) !== turn;

export interface NewDecision {
  readonly turn: Turn;
  readonly choice: Choice;
  readonly reason: string;
  readonly userId: string;
  readonly at: Date;
  /** The customer's row as it was reviewed. */
  readonly account: SavedRequest['account'];
}

/**
 * The columns a decision is: the same the command bar writes. An approval says of which version of the customer it is; a limit
 * somebody else changes after that is not written over. The state is the flow's to write: beside other columns it would be a
 * second update, and the flow would answer a version that is gone.
 */
export function decisionRow({ turn, choice, reason, userId, at, account }: NewDecision): Record<string, unknown> {
  const by = `/systemusers(${plainId(userId)})`;
  const reviewed =
    choice === 'approve' && account !== undefined
      ? { fno_reviewedlimit: account.limit, fno_reviewedversion: account.version }
      : {};
  return turn === 'first'
    ? {
        fno_decision: choices[choice],
        fno_decisionreason: reason,
        fno_decidedon: at.toISOString(),
        'fno_DecidedBy@odata.bind': by,
        ...reviewed,
      }
    : {
        fno_seconddecision: choices[choice],
        fno_seconddecisionreason: reason,
        fno_seconddecidedon: at.toISOString(),
        'fno_SecondDecidedBy@odata.bind': by,
        ...reviewed,
      };
}
