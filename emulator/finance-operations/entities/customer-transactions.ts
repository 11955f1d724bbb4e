import type { EntityField, EntityRelation } from '../contract.ts';
import { defineEntity, noDate, readOnly } from './entity.ts';
import { entityView, type Source } from './entity-view.ts';
import { publishedFields } from './fields.ts';
import { custSettlementTable, custTransTable } from './ledger-tables.ts';
import { ranges, type Untracked } from '../row-versions/untracked.ts';

/** Columns of a base table under their own names. */
const columnsOf = (alias: string, table: { readonly columns: ReadonlyMap<string, unknown> }) =>
  Object.fromEntries([...table.columns.keys()].map((name): [string, Source] => [name, [alias, name]]));

interface Shown {
  readonly name: Parameters<typeof publishedFields>[0];
  readonly set: string;
  readonly label: string;
  readonly id: number;
  readonly sources: Readonly<Record<string, Source>>;
  readonly from: string;
  readonly relations: readonly EntityRelation[];
  readonly untracked?: Untracked;
}

/** A read-only entity over the ledger. */
function ledgerEntity({ sources, from, ...given }: Shown) {
  const { key, fields }: { key: readonly string[]; fields: readonly EntityField[] } = publishedFields(given.name);
  const storedAs = `fno$${given.name}`;
  return defineEntity({
    ...given,
    key,
    fields,
    storedAs,
    view: entityView(storedAs, fields, sources, 't."RecId"', from),
    writer: readOnly(given.set),
  });
}

const customer: EntityRelation = {
  name: 'Customer',
  to: 'CustCustomerV3Entity',
  fields: { AccountNum: 'CustomerAccount', dataAreaId: 'dataAreaId' },
};

const transaction: Readonly<Record<string, Source>> = {
  ...columnsOf('t', custTransTable),
  SysDataAreaId: ['t', 'dataAreaId'],
  SysRecId: 't."RecId"',
  SourceKey: 't."RecId"',
  SysModifiedBy: ['t', 'SysCreatedBy'],
  SysModifiedDateTime: 't."CreatedOn"',
  SettleAmountReporting: 't."SettleAmountMST"',
  ReportingCurrencyAmount: 't."AmountMST"',
  ReportingCurrencyExchRate: 't."ExchRate"',
  Approved: "'Yes'",
};

/** Decided: AOT name. */
export const custTransactions = ledgerEntity({
  name: 'CustTransEntity',
  set: 'CustTransactions',
  label: 'Customer transactions',
  id: 0x2c01,
  sources: transaction,
  from: '"fno$custtrans" t',
  relations: [customer],
});

export const custTransBi = ledgerEntity({
  name: 'CustTransBiEntity',
  set: 'CustTransBiEntities',
  label: 'Customer transactions BI',
  id: 0x2c02,
  sources: transaction,
  from: '"fno$custtrans" t',
  relations: [customer],
});

/** Decided: AOT name; an open transaction has the RecId of the transaction it is the open part of. */
export const custTransOpens = ledgerEntity({
  name: 'CustTransOpenEntity',
  set: 'CustTransOpens',
  label: 'Customer open transactions',
  id: 0x2c03,
  sources: {
    dataAreaId: ['t', 'dataAreaId'],
    SysDataAreaId: ['t', 'dataAreaId'],
    SysRecId: 't."RecId"',
    RefRecId: 't."RecId"',
    AccountNum: ['t', 'AccountNum'],
    AmountCur: 'round(t."AmountCur" - t."SettleAmountCur", 2)',
    AmountMST: 'round(t."AmountMST" - t."SettleAmountMST", 2)',
    ReportingCurrencyAmount: 'round(t."AmountMST" - t."SettleAmountMST", 2)',
    DueDate: 't."DueDate"',
    TransDate: 't."TransDate"',
  },
  from: `"fno$custtrans" t where t."Closed" = '${noDate}'`,
  untracked: ranges,
  relations: [
    customer,
    {
      name: 'CustTransaction',
      to: 'CustTransEntity',
      fields: { RefRecId: 'SysRecId', dataAreaId: 'dataAreaId' },
      inverse: 'CustTransOpen',
    },
  ],
});

export const custSettlementBi = ledgerEntity({
  name: 'CustSettlementBiEntity',
  set: 'CustSettlementBiEntities',
  label: 'Customer settlements BI',
  id: 0x2c04,
  sources: {
    ...columnsOf('t', custSettlementTable),
    SourceKey: 't."RecId"',
    SysDataAreaId: ['t', 'dataAreaId'],
    TransCompany: ['t', 'dataAreaId'],
    OffsetCompany: ['t', 'dataAreaId'],
    SettleAmountReporting: 't."SettleAmountMST"',
    CanBeReversed: "'Yes'",
  },
  from: '"fno$custsettlement" t',
  relations: [customer],
});
