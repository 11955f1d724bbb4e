/** Columns of an address row → columns of the account, without their prefix. */
const columns = ['line1', 'city', 'stateorprovince', 'postalcode', 'county', 'country'] as const;

/** Address 1 is Delivery, Address 2 is Invoice. */
const numbers = [1, 2] as const;

interface AddressChange {
  readonly number: 1 | 2;
  readonly values: Record<string, unknown>;
}

/** Addresses of the form that have been changed. */
export function changedAddresses(form: Xrm.FormContext): AddressChange[] {
  return numbers.flatMap((number) => {
    const values: Record<string, unknown> = {};
    let isDirty = false;
    for (const column of columns) {
      const attribute = form.getAttribute(`address${number}_${column}`);
      if (attribute === null || attribute === undefined) continue;
      values[column] = attribute.getValue();
      isDirty = isDirty || attribute.getIsDirty();
    }
    return isDirty ? [{ number, values }] : [];
  });
}

/** An Update in the form Xrm.WebApi.online.executeMultiple takes. */
class UpdateAddress {
  readonly etn = 'customeraddress';
  constructor(
    readonly id: string,
    readonly payload: Record<string, unknown>,
  ) {}

  getMetadata() {
    return { boundParameter: null, parameterTypes: {}, operationType: 2, operationName: 'Update' };
  }
}

/**
 * Writes changed addresses through their own rows, all in one change set: the steps of the address book hang on those rows.
 *
 * @throws Error with the words of the refusal; nothing is saved then
 */
export async function saveAddressRows(accountId: string, changes: readonly AddressChange[]): Promise<boolean> {
  const { entities } = await Xrm.WebApi.retrieveMultipleRecords('customeraddress', `?$select=customeraddressid,addressnumber&$filter=_parentid_value eq ${accountId}`);
  const requests = changes.flatMap(({ number, values }) => {
    const row = entities.find((one) => one.addressnumber === number);
    return row === undefined ? [] : [new UpdateAddress(String(row.customeraddressid), values)];
  });
  if (requests.length < changes.length) return false;
  const responses = await Xrm.WebApi.online.executeMultiple([requests] as never);
  for (const response of responses as unknown as Response[]) {
    if (response.ok) continue;
    const body = (await response.json()) as { error?: { message?: string } };
    throw new Error(body.error?.message ?? `The save was answered with ${response.status}.`);
  }
  return true;
}

/** The account itself does not send them again. */
export function leaveOutAddresses(form: Xrm.FormContext, isLeftOut: boolean): void {
  for (const number of numbers) {
    for (const column of columns) form.getAttribute(`address${number}_${column}`)?.setSubmitMode(isLeftOut ? 'never' : 'dirty');
  }
}
