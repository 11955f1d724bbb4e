import { createFinanceOperations } from '../../../../../emulator/finance-operations/index.ts';
import { createClock, request } from '../../../../../emulator/kernel/index.ts';
import { openDatabase, type Database } from '../../../../../emulator/storage/index.ts';

// docs/benchmarks.md, "virtual-page": a page costs the same however many rows its company has.
const plans: string[] = [];
const database = openDatabase(':memory:');
/** Notes how the store goes about each page it is asked for. */
const observed: Database = {
  ...database,
  line(sql, parameters = []) {
    plans.push(
      database
        .all(`explain query plan ${sql}`, parameters)
        .map(({ detail }) => String(detail))
        .join('; '),
    );
    return database.line(sql, parameters);
  },
};
const clock = createClock();
const service = createFinanceOperations({ database: observed, clock, strictAuth: false, log: () => undefined });
beforeAll(() =>
  service.command('add-user', { email: 'u@example.com', defaultCompany: 'usmf', companies: ['usmf', 'demf'] }),
);
afterAll(() => {
  clock.stop();
  database.close();
});

/** The few addresses of one party are put in order to take the first. */
const addressesOfParty =
  /CORRELATED SCALAR SUBQUERY \d+; SEARCH one USING PRIMARY KEY \(PartyNumber=\?\); USE TEMP B-TREE FOR ORDER BY/g;

test.each([
  'CustTransBiEntities?$top=50',
  'CustTransBiEntities?$top=50&cross-company=true',
  'CustTransOpens?$top=50&cross-company=true',
  'CustomersV3?$top=50&cross-company=true',
  "CustomersV3?$top=50&cross-company=true&$filter=dataAreaId eq 'usmf'",
  // What an initial write asks: the next page behind a key, and which of many keys there are.
  "CustomersV3?$top=200&cross-company=true&$orderby=dataAreaId,CustomerAccount&$filter=dataAreaId eq 'usmf' and ((CustomerAccount gt 'A'))",
  "CustomersV3?$select=dataAreaId,CustomerAccount&cross-company=true&$orderby=dataAreaId,CustomerAccount&$filter=(dataAreaId eq 'usmf') and ((CustomerAccount eq 'A') or (CustomerAccount eq 'B'))",
  'SalesOrderHeadersV2?$top=50',
])('%s sorts no whole company', async (path) => {
  plans.length = 0;
  const { status } = await service.handle(request('GET', `/data/${path}`, { authorization: 'Bearer u@example.com' }));
  expect(status).toBe(200);
  expect(plans.at(-1)).toMatch(/USING INDEX \S+:dataAreaId:/);
  expect(plans.at(-1)!.replaceAll(addressesOfParty, '')).not.toContain('USE TEMP B-TREE FOR ORDER BY');
});
