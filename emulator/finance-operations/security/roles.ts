/** What a role may do with a data entity; `all` is every one of them. */
interface Role {
  readonly read: 'all' | readonly string[];
  readonly write: 'all' | readonly string[];
}

export type Right = keyof Role;

const customerMaster = [
  ...['CustomersV3', 'CustomerPostalAddresses', 'CustomerGroups', 'PartyLocationPostalAddressesV2', 'CDSParties'],
  ...['CDSPostalAddressLocations', 'CDSPostalAddressHistoryV2', 'CDSPartyPostalAddressLocations'],
  'PartyContactsV3',
];
const setUp = [
  ...['LegalEntities', 'Ledgers', 'Currencies', 'ExchangeRates', 'ExchangeRateTypes', 'AddressCountryRegions'],
  ...['AddressStates', 'AddressCounties', 'AddressCities', 'AddressDistricts', 'AddressPostalCodes'],
];
const credit = [
  ...['TemporaryCreditLimits', 'CustomerCreditGroups', 'CustomerCreditGroupLines'],
  'CreditManagementCustomerGuaranteeInsurances',
];
const parameters = [
  ...['CreditManagementParameters', 'CreditManagementAccountStatuses', 'CustomerParameters'],
  'CustomerChangeProposalFieldEnablements',
];
const receivables = [
  ...['CustTransactions', 'CustTransBiEntities', 'CustTransOpens', 'CustSettlementBiEntities', 'CustAgedBalances'],
  ...['CustBalanceStats', 'CustDisputes', 'SalesInvoiceHeadersV2', 'SalesInvoiceJournalHeaders'],
];
const payments = ['CustomerPaymentJournalHeaders', 'CustomerPaymentJournalLines'];
const sales = ['SalesOrderHeadersV2', 'CDSSalesOrderHeaders'];
/** What people who talk to customers look up. */
const customerPages = [...customerMaster, ...receivables, ...credit, ...parameters, ...payments, ...sales, ...setUp];

/** Role of a user that was given none. Decided: what is not restricted is open. */
export const systemAdministrator = 'System administrator';

export const virtualEntityIntegration = 'Dataverse Virtual entity integration app';

/**
 * Security roles on the customer side, by name.
 *
 * Decided: which data entities a role reads and writes; the platform has duties and privileges between the two, and rights on rows.
 *
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/sysadmin/role-based-security
 */
export const roles: Readonly<Record<string, Role>> = {
  [systemAdministrator]: { read: 'all', write: 'all' },
  'Accounts receivable manager': { read: 'all', write: [...customerMaster, ...credit, ...payments, 'CustDisputes'] },
  'Accounts receivable clerk': { read: 'all', write: [...customerMaster, ...payments] },
  'Collections manager': { read: 'all', write: [...credit, 'CustDisputes', 'CustomersV3', 'WorkflowWorkItems'] },
  'Sales representative': {
    read: customerPages,
    write: sales,
  },
  'Customer service representative': {
    read: customerPages,
    write: customerMaster,
  },
  /** Of the applications Dataverse calls as (`CDSVirtualEntityApplication`); rows it reads as the calling user. */
  [virtualEntityIntegration]: { read: ['VirtualEntityLists'], write: [] },
  /** Every user has it; it opens nothing by itself. */
  'System user': { read: setUp, write: [] },
};

/** Whether one of these roles has this right on a data entity. */
export const allows = (names: readonly string[], set: string, right: Right): boolean =>
  names.some((name) => {
    const sets = roles[name]?.[right] ?? [];
    return sets === 'all' || sets.includes(set);
  });
