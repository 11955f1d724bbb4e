/** The credit limit of a customer and the currency it is in. */
export interface CustomerLimit {
  readonly limit: number;
  readonly currency: Xrm.LookupValue | undefined;
}

const formatted = '@OData.Community.Display.V1.FormattedValue';

/** An account without a limit has a limit of nothing. @throws what the service says */
export async function readCustomerLimit(
  id: string,
  reader: Pick<Xrm.WebApi, 'retrieveRecord'>,
): Promise<CustomerLimit> {
  const row = (await reader.retrieveRecord(
    'account',
    id.replace(/[{}]/g, ''),
    '?$select=creditlimit,_transactioncurrencyid_value',
  )) as Record<string, unknown>;
  const currency = row['_transactioncurrencyid_value'] as string | null | undefined;
  return {
    limit: Number(row['creditlimit'] ?? 0),
    currency:
      currency === null || currency === undefined
        ? undefined
        : {
            id: `{${currency.toUpperCase()}}`,
            entityType: 'transactioncurrency',
            name: String(row[`_transactioncurrencyid_value${formatted}`] ?? ''),
          },
  };
}
