import type { AddressNumber, AddressValues } from './address-columns.ts';
import { text } from './texts.ts';

export interface AddressChange {
  readonly number: AddressNumber;
  readonly values: AddressValues;
}

/** An Update as `Xrm.WebApi.online.executeMultiple` takes it. */
function updateRequest(id: string, payload: AddressValues) {
  return {
    etn: 'customeraddress',
    id,
    payload,
    getMetadata: () => ({ boundParameter: null, parameterTypes: {}, operationType: 2, operationName: 'Update' }),
  };
}

/**
 * Writes addresses to their own rows, all or none: what brings them into the address book hangs on those rows, not on the
 * account's columns.
 *
 * @param accountId without braces
 * @throws what the platform refused them with, or an Error when the account has no such row; nothing is written then
 */
export async function writeAddressRows(accountId: string, changes: readonly AddressChange[]): Promise<void> {
  if (changes.length === 0) return;
  const numbers = changes.map(({ number }) => `addressnumber eq ${number}`).join(' or ');
  const { entities } = await Xrm.WebApi.retrieveMultipleRecords(
    'customeraddress',
    `?$select=customeraddressid,addressnumber&$filter=_parentid_value eq ${accountId} and (${numbers})`,
  );
  const requests = changes.map(({ number, values }) => {
    const row = entities.find(({ addressnumber }) => addressnumber === number);
    if (row === undefined) throw new Error(text('noAddressRow', String(number)));
    return updateRequest(String(row['customeraddressid']), values);
  });
  // The inner list makes them one change set.
  const responses = await Xrm.WebApi.online.executeMultiple([requests]);
  for (const response of responses) if (!response.ok) throw new Error(await refusalOf(response));
}

async function refusalOf(response: Xrm.ExecuteResponse): Promise<string> {
  const { error } = (await response.json().catch(() => ({}))) as { error?: { message?: string } };
  return error?.message ?? `${response.status} ${response.statusText}`;
}
