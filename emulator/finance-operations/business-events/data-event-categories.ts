/** Modules by what the AOT names of their data entities begin with; the first that fits counts. */
const modules: readonly (readonly [RegExp, string])[] = [
  [/^CredMan/, 'Credit and collections'],
  [/^(CustDispute|CustAging)/, 'Credit and collections'],
  [/^(Cust|SalesInvoice)/, 'Accounts receivable'],
  [/^(SalesOrder|smm)/, 'Sales and marketing'],
  [/^Vend/, 'Accounts payable'],
  [/^(Currency|ExchangeRate|Ledger|Tax)/, 'General ledger'],
  [/^Payment/, 'Cash and bank management'],
  [/^(OM|OfficeAddin|Dir|Logistics|CDSPostal)/, 'Organization administration'],
];

/**
 * Category of the data events of an entity: its module, as *Data event catalog* and the catalogs of Dataverse group them.
 *
 * Decided: which module an entity belongs to, where the name does not say it.
 */
export const dataEventCategory = (entity: string): string =>
  modules.find(([pattern]) => pattern.test(entity))?.[1] ?? 'System administration';
