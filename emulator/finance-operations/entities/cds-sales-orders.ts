import type { EntityRow } from '../contract.ts';
import type { EntityStore } from '../entity-store.ts';
import { ordersEntity } from '../receivables/orders.ts';
import { defineEntity, type EntityDefinition } from './entity.ts';
import { entityView, type Source } from './entity-view.ts';
import { publishedFields } from './fields.ts';
import { customerBy } from './receivables-entities.ts';
import { salesOrders } from './sales-orders.ts';
import { keyOf } from './stored-entity.ts';

const storedAs = 'fno$SalesOrderHeaderCDSEntity';
const { key, fields } = publishedFields('SalesOrderHeaderCDSEntity');
const sources = Object.fromEntries(fields.map(({ name }): [string, Source] => [name, ['o', name]]));

/**
 * CDS sales order headers: the orders as dual-write carries them.
 *
 * Differs: fields the orders do not have here are left out.
 */
export const cdsSalesOrders: EntityDefinition = defineEntity({
  name: 'SalesOrderHeaderCDSEntity',
  set: 'CDSSalesOrderHeaders',
  label: 'CDS sales order headers',
  id: 0x2d09,
  ...{ key, fields, storedAs },
  view: entityView(storedAs, fields, sources, 'o."RecId"', `"${salesOrders.shape.storedAs}" o`),
  sameRowsAs: ordersEntity,
  relations: [customerBy('OrderingCustomerAccountNumber')],
  writer: {
    insert: (values, store, work) => salesOrders.writer.insert!(withoutEmpty(values), store, work),
    update(before, values, store, work) {
      // What Dataverse does not know of an order stays as it is.
      const kept = Object.entries(values).filter(([name, value]) => value !== '' || !ofCustomer.has(name));
      salesOrders.writer.update!(orderOf(before, store), Object.fromEntries(kept), store, work);
    },
    delete: (before, store, work) => salesOrders.writer.delete!(orderOf(before, store), store, work),
  },
});

/** What a new order takes from its customer. */
const ofCustomer: ReadonlySet<string> = new Set(['InvoiceCustomerAccountNumber', 'CurrencyCode', 'PaymentTermsName']);

const orderOf = (row: EntityRow, store: EntityStore): EntityRow =>
  store.read(salesOrders.shape, keyOf(salesOrders, row))!;

const withoutEmpty = (values: EntityRow): EntityRow =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
