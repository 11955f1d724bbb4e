import type { EntityRow } from '../contract.ts';
import { accountStatuses } from '../entities/credit-entities.ts';
import type { EntityStore } from '../entity-store.ts';

/**
 * A customer that is given a credit account status: the status says for what the customer is on hold.
 *
 * Decided: the hold is written when the status is given; one that is written with it, or later, is somebody's own.
 *
 * @see https://learn.microsoft.com/dynamics365/finance/accounts-receivable/cm-setup-information
 */
export function withAccountStatus(before: EntityRow, values: EntityRow, store: EntityStore): EntityRow {
  const wanted = String(values['CredManAccountStatusId'] ?? '');
  if (wanted === '' || wanted === before['CredManAccountStatusId'] || values['OnHoldStatus'] !== undefined)
    return values;
  const key = { dataAreaId: before['dataAreaId']!, CustAccountStatusId: wanted };
  const hold = store.read(accountStatuses.shape, key)?.['CustBlocked'];
  return hold === undefined ? values : { ...values, OnHoldStatus: hold };
}
