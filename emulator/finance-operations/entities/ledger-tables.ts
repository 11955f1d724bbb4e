import type { EntityField } from '../contract.ts';
import { base } from './base-tables.ts';

const text = (...names: string[]): EntityField[] => names.map((name) => ({ name, type: 'string' }));
const real = (...names: string[]): EntityField[] => names.map((name) => ({ name, type: 'real' }));
const date = (...names: string[]): EntityField[] => names.map((name) => ({ name, type: 'utcDateTime' }));
const recId = (...names: string[]): EntityField[] => names.map((name) => ({ name, type: 'int64' }));

/**
 * CustTrans: the one ledger of what customers owe and have paid. Everything that shows amounts is derived from it.
 * Invoices are positive, payments negative; what is settled has the sign of the transaction.
 */
export const custTransTable = base(
  'fno$custtrans',
  ['dataAreaId', 'RecId'],
  [
    ...text('dataAreaId', 'AccountNum', 'OrderAccount', 'TransType', 'Invoice', 'Voucher', 'CurrencyCode', 'Txt'),
    ...text('PaymMode', 'PaymReference', 'PaymTermId', 'PostingProfile', 'CompanyBankAccountId', 'SysCreatedBy'),
    ...text('LastSettleVoucher', 'LastSettleAccountNum', 'LastSettleCompany'),
    ...real('AmountCur', 'AmountMST', 'SettleAmountCur', 'SettleAmountMST', 'ExchRate', 'ExchAdjustment'),
    ...date('TransDate', 'DueDate', 'DocumentDate', 'Closed', 'LastSettleDate', 'CreatedOn'),
  ],
);

/** CustSettlement: which transactions have settled each other; one row for each of the two. */
export const custSettlementTable = base(
  'fno$custsettlement',
  ['dataAreaId', 'RecId'],
  [
    ...text('dataAreaId', 'AccountNum', 'TransType', 'OffsetAccountNum', 'OffsetTransVoucher', 'SettlementVoucher'),
    ...text('SysCreatedBy'),
    ...recId('TransRecId', 'OffsetRecid', 'SettlementGroup'),
    ...real('SettleAmountCur', 'SettleAmountMST', 'ExchAdjustment'),
    ...date('TransDate', 'DueDate', 'ClosedDate', 'CreatedOn'),
  ],
);

/** CustDispute: what collections have noted of a transaction. */
export const custDisputeTable = base(
  'fno$custdispute',
  ['dataAreaId', 'CustTrans'],
  [
    ...text('dataAreaId', 'Status', 'ReasonCode', 'ReasonComment', 'Note'),
    ...recId('CustTrans'),
    ...date('FollowUpDate', 'StatusChangedDate'),
  ],
);

/** CustTableChangeProposal: changes of a customer that wait for approval. */
export const changeProposalTable = base(
  'fno$changeproposal',
  ['ProposalId'],
  [
    ...text('ProposalId', 'dataAreaId', 'AccountNum', 'Field', 'FieldName', 'OldValue', 'NewValue', 'State'),
    ...text('CreatedBy', 'DecidedBy'),
    ...date('CreatedOn', 'DecidedOn'),
  ],
);

export const ledgerTables = [
  {
    shape: custTransTable,
    indexes: [
      ['dataAreaId', 'AccountNum'],
      ['dataAreaId', 'Invoice'],
      ['dataAreaId', 'Voucher'],
    ],
  },
  { shape: custSettlementTable, indexes: [['TransRecId'], ['dataAreaId', 'AccountNum']] },
  { shape: custDisputeTable, indexes: [] },
  { shape: changeProposalTable, indexes: [['dataAreaId', 'AccountNum']] },
] as const;
