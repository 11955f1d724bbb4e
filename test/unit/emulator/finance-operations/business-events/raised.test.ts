import {
  createBusinessEvents,
  type RaisedEvent,
} from '../../../../../emulator/finance-operations/business-events/raised.ts';
import { openDatabase } from '../../../../../emulator/storage/index.ts';

describe('business events of the business logic', () => {
  const database = openDatabase(':memory:');
  afterAll(() => database.close());

  it('are told to the listeners inside the transaction that raises them', async () => {
    const heard: { event: RaisedEvent; inTransaction: boolean }[] = [];
    const events = createBusinessEvents(database);
    events.onRaised((event) => heard.push({ event, inTransaction: database.inTransaction() }));
    await database.transaction(async () =>
      events.raise('SalesInvoicePostedBusinessEvent', 'USMF', { InvoiceId: 'I1' }),
    );
    const event = {
      businessEventId: 'SalesInvoicePostedBusinessEvent',
      legalEntity: 'usmf',
      fields: { InvoiceId: 'I1' },
      user: undefined,
    };
    expect(heard).toEqual([{ event, inTransaction: true }]);
  });

  it('cannot be raised where no transaction could commit', () => {
    expect(() => createBusinessEvents(database).raise('X', 'usmf', {})).toThrow("'X' is raised outside a transaction.");
  });
});
