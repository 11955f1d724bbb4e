import type { EntityRow } from '../contract.ts';
import { noDate } from '../entities/entity.ts';
import { custDisputeTable, custTransTable } from '../entities/ledger-tables.ts';
import type { EntityStore } from '../entity-store.ts';
import { enums } from '../enums.ts';
import { refused } from '../faults.ts';
import type { UnitOfWork } from '../unit-of-work.ts';
import { day, eventDate } from './amounts.ts';

export interface CollectionStatus {
  readonly company: string;
  /** RecId of the transaction. */
  readonly transaction: number;
  /** Symbol of `CustVendDisputeStatus`. */
  readonly status: string;
  readonly followUpDate?: string | undefined;
  readonly reasonCode?: string | undefined;
  readonly reasonComment?: string | undefined;
  readonly note?: string | undefined;
}

/** Notes the collection status of a transaction; a changed status raises its business event. @throws Fault with the infolog's words */
export function setCollectionStatus(given: CollectionStatus, store: EntityStore, work: UnitOfWork): void {
  const { company: dataAreaId, transaction: CustTrans } = given;
  const row = store.read(custTransTable, { dataAreaId, RecId: CustTrans });
  if (row === undefined) throw refused(`There is no transaction ${CustTrans} in '${dataAreaId}'.`);
  const Status = enums['CustVendDisputeStatus']!.find((one) => one.toLowerCase() === given.status.toLowerCase());
  if (Status === undefined)
    throw refused(`The status '${given.status}' is not one of ${enums['CustVendDisputeStatus']!.join(', ')}.`);
  const key = { dataAreaId, CustTrans };
  const before = store.read(custDisputeTable, key);
  const isNew = before?.['Status'] !== Status;
  const RecId = Number(before?.['RecId'] ?? store.nextRecId());
  work.touch('CustDisputeEntity', { dataAreaId, SysRecId: RecId });
  const values: EntityRow = {
    Status,
    StatusChangedDate: isNew ? day(store.now()) : before['StatusChangedDate']!,
    FollowUpDate: given.followUpDate === undefined ? noDate : day(given.followUpDate),
    ReasonCode: given.reasonCode ?? '',
    ReasonComment: given.reasonComment ?? '',
    Note: given.note ?? '',
  };
  if (before === undefined) store.insert(custDisputeTable, { ...key, ...values, RecId });
  else store.update(custDisputeTable, key, values);
  if (isNew)
    work.raise('CollectionStatusUpdatedBusinessEvent', dataAreaId, {
      CustomerAccount: String(row['AccountNum']),
      FollowUpDate: eventDate(values['FollowUpDate']),
      InvoiceId: String(row['Invoice']),
      LegalEntity: dataAreaId.toUpperCase(),
      ReasonCode: String(values['ReasonCode']),
      Status,
      Voucher: String(row['Voucher']),
    });
}
