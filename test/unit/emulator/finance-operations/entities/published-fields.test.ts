import { entities } from '../../../../../emulator/finance-operations/entities/index.ts';
import { enums } from '../../../../../emulator/finance-operations/enums.ts';
import published from './published-fields.json';

// finance-operations reference, "Appendix: F&O field lists", and the enum symbols of 2.12.
const suffixes = {
  string: undefined,
  real: 'dec',
  utcDateTime: 'dt',
  date: 'dt',
  int: 'i32',
  int64: 'i64',
  guid: 'Guid',
};
/** Enums the list names as its generator spells them. */
const spelled: Readonly<Record<string, string>> = {
  CompanyTypeMx: 'CompanyType_MX',
  CreditCardCvc: 'CreditCardCVC',
  LedgerJournalAcType: 'LedgerJournalACType',
  NatureOfAssesseeIn: 'NatureOfAssessee_IN',
  SalesInvoicePostingTypeRu: 'SalesInvoicePostingType_RU',
};
/** Enums whose symbols no public source has: fields of these types are left out. */
const unknownEnums = [
  ...['CredManAutoPost', 'CredManBlockingCalcBase', 'CreditCardAddressVerificationLevel', 'CustWhtContributionTypeBr'],
  ...['CustomerTypeIn', 'DocumentTypeIt', 'EfDocPresenceTypeBr', 'FederalNonFederalIndicatorCode', 'InvoiceTypeMy'],
  ...['LegalNatureIt', 'McrsoAllocPriority', 'MpsFullRunCtpStatus', 'PanStatusIn', 'RetailReceiptOptionBase'],
];
/** Types that no field has here: a container. */
const unknownTypes = ['Binary'];

const fieldText = (text: string) => {
  const [name = '', type] = text.split(':');
  return type === undefined ? name : `${name}:${spelled[type] ?? type}`;
};
const isKnown = (text: string) => ![...unknownEnums, ...unknownTypes].includes(text.split(':')[1] ?? '');
const used = new Set<string>();

test.each(Object.entries(published))(
  '%s has the published key and fields, and no others',
  (set, { name, key, fields }) => {
    const entity = entities.find((one) => one.set === set)!;
    if (name !== null) expect(entity.name).toBe(name);
    const ours = [...entity.fields.values()].map((field) => {
      const type = field.type === 'enum' ? field.enumType : suffixes[field.type];
      return type === undefined ? field.name : `${field.name}:${type}`;
    });
    const theirs = [...key, ...fields];
    for (const text of theirs) used.add(text.split(':')[1] ?? '');
    expect([...entity.key]).toEqual(key.map((text) => text.split(':')[0]));
    expect([...ours].sort()).toEqual(theirs.filter(isKnown).map(fieldText).sort());
  },
);

test('no field is left out whose type is known', () => {
  expect([...unknownEnums, ...unknownTypes].filter((type) => !used.has(type) || enums[type] !== undefined)).toEqual([]);
});

// Those the reference does not name stand in generated clients of services (`AxdEnum_…` of the customer and sales order services, in public
// repositories), in the value maps of "Dual-write mapping reference" (salesorders), and in "Common Data Model: Foundation".
test.each<[string, readonly string[]]>([
  ['CompanyType_MX', ['Blank', 'LegalEntity', 'LegalPerson', 'ForeignCompany']],
  ['CreditCardAddressVerification', ['None', 'No', 'Yes']],
  ['CreditCardCVC', ['None', 'No', 'Yes']],
  ['ItemReservation', ['None', 'Automatic', 'Explosion']],
  ['SalesInvoicePostingType_RU', ['Standard', 'GoodsInRoute']],
  [
    'PaymentStub',
    [
      ...['None', 'FIK', 'BBS', 'ESR_blue_PTT', 'ESR_red_bank', 'FIK762', 'ESR_orange', 'BelSMS101', 'BelSMS102'],
      ...['Finnish', 'FIK751', 'FIK752'],
    ],
  ],
  [
    'SalesOrderProcessingStatus',
    ['Active', 'Confirmed', 'Picked', 'PartiallyDelivered', 'Delivered', 'Invoiced', 'PartiallyInvoiced', 'Canceled'],
  ],
  ['CreditLimitTolerance', ['None', 'Warning', 'Error']],
  ['CredManAccountHeldType', ['No', 'Invoice', 'All']],
  ['CustTableChangeProposalWorkflowState', ['NotSubmitted', 'Submitted', 'Approved', 'Rejected']],
  ['CustTableChangeProposalDataEntityBehavior', ['AllowWithoutApproval', 'RejectChanges', 'CreateChangeProposal']],
  ['NoYes', ['No', 'Yes']],
  ['CustVendorBlocked', ['No', 'Invoice', 'All', 'Payment', 'Requisition', 'Never', 'PurchOrder']],
  ['InvoiceOrderAccount', ['InvoiceAccount', 'OrderAccount']],
  ['TypeOfCreditmaxCheck', ['None', 'Balance', 'BalanceDelivered', 'BalanceAll']],
  ['DirPartyType', ['None', 'Person', 'Organization', 'LegalEntity', 'Team', 'OperatingUnit']],
  ['CustVendDisputeStatus', ['None', 'Disputed', 'PromiseToPay', 'Resolved', 'PromiseToPayBroken', 'PromiseToPayKept']],
  [
    'LogisticsElectronicAddressMethodType',
    ['None', 'Phone', 'Email', 'URL', 'Telex', 'Fax', 'Facebook', 'Twitter', 'LinkedIn'],
  ],
  ['SalesStatus', ['None', 'Backorder', 'Delivered', 'Invoiced', 'Canceled']],
  [
    'CustTableChangeProposalField',
    [
      ...[
        'Name',
        'CreditMax',
        'TaxGroup',
        'MethodOfPayment',
        'PaymentSpecification',
        'CustomerGroup',
        'TaxExemptNumber',
      ],
      ...['BankAccount', 'CashDisc', 'CreditRating', 'PaymTermId', 'MandatoryCreditLimit', 'CashDiscBaseDays'],
      ...['CustExcludeInterestCharges', 'CustExcludeCollectionFees', 'InvoiceAccount'],
    ],
  ],
])('%s has its symbols in their order', (name, symbols) => {
  expect(enums[name]).toEqual(symbols);
});

test('the symbols of LedgerTransType that are named are there', () => {
  const named = ['None', 'Transfer', 'Sales', 'Purch', 'Cust', 'Payment', 'Settlement', 'WriteOff'];
  expect(enums['LedgerTransType']!.filter((symbol) => named.includes(symbol))).toEqual(named);
});

test('time zones are named by their distance from Greenwich', () => {
  const zones = enums['Timezone']!;
  expect([zones[0], zones.at(-1)]).toEqual(['GMTMINUS1200INTERNATIONALDATELINEWEST', 'GMTPLUS1300NUKU_ALOFA']);
  expect(zones.filter((zone) => !/^GMT(_|MINUS\d{4}|PLUS\d{4})/.test(zone))).toEqual([]);
  expect(new Set(zones).size).toBe(zones.length);
});
