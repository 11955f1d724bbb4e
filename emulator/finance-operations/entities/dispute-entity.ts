import { setCollectionStatus } from '../receivables/collections.ts';
import { defineEntity, refuseWrite, type EntityDefinition } from './entity.ts';
import { entityView } from './entity-view.ts';
import { publishedFields } from './fields.ts';
import { innerJoin } from '../row-versions/untracked.ts';

const { key, fields } = publishedFields('CustDisputeEntity');

/** Decided: AOT name. What collections have noted of a transaction; its amounts are those of the ledger. */
export const custDisputes: EntityDefinition = defineEntity({
  name: 'CustDisputeEntity',
  set: 'CustDisputes',
  label: 'Customer disputes',
  id: 0x2d08,
  key,
  fields,
  storedAs: 'fno$CustDisputeEntity',
  untracked: innerJoin('CustTrans'),
  relations: [
    {
      name: 'CustTransaction',
      to: 'CustTransEntity',
      fields: { CustTrans: 'SysRecId', dataAreaId: 'dataAreaId' },
      inverse: 'CustDispute',
    },
  ],
  view: entityView(
    'fno$CustDisputeEntity',
    fields,
    {
      dataAreaId: ['d', 'dataAreaId'],
      SysDataAreaId: ['d', 'dataAreaId'],
      SysRecId: 'd."RecId"',
      CustTrans: 'd."CustTrans"',
      Status: ['d', 'Status'],
      StatusChangedDate: 'd."StatusChangedDate"',
      FollowUpDate: 'd."FollowUpDate"',
      ReasonCode: ['d', 'ReasonCode'],
      ReasonComment: ['d', 'ReasonComment'],
      Note: ['d', 'Note'],
      AmountCur: 't."AmountCur"',
      TransactionBalance: 'round(t."AmountCur" - t."SettleAmountCur", 2)',
      TransactionCurrency: ['t', 'CurrencyCode'],
    },
    'd."RecId"',
    '"fno$custdispute" d join "fno$custtrans" t on t."dataAreaId" = d."dataAreaId" and t."RecId" = d."CustTrans"',
  ),
  writer: {
    update(before, values, store, work) {
      const { dataAreaId, CustTrans } = before;
      const { Status, FollowUpDate, ReasonCode, ReasonComment, Note } = { ...before, ...values };
      setCollectionStatus(
        {
          company: String(dataAreaId),
          transaction: Number(CustTrans),
          status: String(Status),
          followUpDate: String(FollowUpDate),
          reasonCode: String(ReasonCode),
          reasonComment: String(ReasonComment),
          note: String(Note),
        },
        store,
        work,
      );
    },
    insert: () => refuseWrite(custDisputes, 'POST'),
    delete: () => refuseWrite(custDisputes, 'DELETE'),
  },
});
