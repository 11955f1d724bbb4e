import { readDemoData } from '../../../../examples/demo-data/index.ts';
import { generateCustomers, type EntityBody } from '../../../../examples/demo-data/generate.ts';

const rows = (set: string) => readDemoData().financeOperationsRows.find((one) => one.set === set)!.rows;

describe('named customers', () => {
  const customers = rows('CustomersV3');

  test('are the ones the scenarios speak of, with different delivery and invoice addresses', () => {
    expect(customers.map((row) => row.CustomerAccount)).toEqual([
      'US-001',
      'US-002',
      'US-003',
      'US-004',
      'US-005',
      'DE-001',
    ]);
    expect(customers.filter((row) => row.DeliveryAddressStreet === row.InvoiceAddressStreet)).toEqual([]);
    expect(customers[0]).toMatchObject({ dataAreaId: 'usmf', CreditLimit: 2000, SalesCurrencyCode: 'USD' });
    expect(customers[3]).toMatchObject({ CustomerAccount: 'US-004', dataAreaId: 'usmf', SalesCurrencyCode: 'EUR' });
  });

  test('refer to parties, groups, currencies and legal entities that are seeded before them', () => {
    const known = (set: string, field: string) => rows(set).map((row) => row[field]);
    for (const row of customers) {
      expect(known('CDSParties', 'PartyNumber')).toContain(row.PartyNumber);
      expect(known('Currencies', 'CurrencyCode')).toContain(row.SalesCurrencyCode);
      expect(known('LegalEntities', 'LegalEntityId')).toContain(row.dataAreaId);
      expect(rows('CustomerGroups')).toContainEqual(
        expect.objectContaining({ dataAreaId: row.dataAreaId, CustomerGroupId: row.CustomerGroupId }),
      );
    }
  });

  test('are the targets of every command that names a customer', () => {
    const targets = readDemoData().commands.filter((one) => one.parameters.customerAccount !== undefined);
    expect(targets.length).toBe(6);
    for (const { parameters } of targets) {
      expect(customers).toContainEqual(
        expect.objectContaining({ dataAreaId: parameters.company, CustomerAccount: parameters.customerAccount }),
      );
    }
  });
});

describe('the history', () => {
  const today = new Date('2026-03-01T09:00:00Z');
  const { history } = readDemoData({ customers: 30, today });

  test('is the same for the same day, in order, and of the past', () => {
    expect(readDemoData({ customers: 30, today }).history).toEqual(history);
    const dates = history.map(({ date }) => date);
    expect(dates).toEqual([...dates].sort());
    expect(dates.at(-1)! <= '2026-03-01').toBe(true);
  });

  test('pays invoices that were there before, each once', () => {
    const at = new Map(history.flatMap(({ id, date }): [string, string][] => (id === undefined ? [] : [[id, date]])));
    const payments = history.filter(({ kind }) => kind === 'payment');
    expect(payments.length).toBeGreaterThan(100);
    for (const { pays, date } of payments) expect(at.get(pays!)! < date).toBe(true);
    expect(new Set(payments.map(({ pays }) => pays)).size).toBe(payments.length);
  });

  test('leaves US-001 four open invoices, two of them overdue', () => {
    const paid = new Set(history.map(({ pays }) => pays));
    const open = history.filter(
      ({ customerAccount, kind, id }) => customerAccount === 'US-001' && kind === 'invoice' && !paid.has(id ?? ''),
    );
    expect(open.map(({ dueDate }) => dueDate! < '2026-03-01').sort()).toEqual([false, false, true, true]);
  });
});

describe('generated customers', () => {
  test('are the same for the same seed, different for another, and a longer list begins with the shorter', () => {
    expect(generateCustomers(50, 7)).toEqual(generateCustomers(50, 7));
    expect(generateCustomers(50, 7)).not.toEqual(generateCustomers(50, 8));
    expect(generateCustomers(80, 7).customers.slice(0, 50)).toEqual(generateCustomers(50, 7).customers);
  });

  test('have keys of their own and one party each', () => {
    const { customers, parties } = generateCustomers(3000, 1);
    const keys = [...customers, ...rows('CustomersV3')].map((row) => `${row.dataAreaId}/${row.CustomerAccount}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(parties.map((row) => row.PartyNumber)).toEqual(customers.map((row) => row.PartyNumber));
  });

  test('keep to the lengths and formats finance and operations checks', () => {
    const limits: Record<string, number> = {
      OrganizationName: 100,
      NameAlias: 20,
      CustomerAccount: 20,
      DeliveryAddressCity: 60,
      DeliveryAddressZipCode: 10,
    };
    const fits = (row: EntityBody) =>
      Object.entries(limits).every(([field, limit]) => String(row[field]).length <= limit) &&
      /^\d{5}$/.test(String(row.DeliveryAddressZipCode)) &&
      (row.dataAreaId === 'usmf') === (row.DeliveryAddressState !== undefined) &&
      Number(row.CreditLimit) >= 0;
    expect(generateCustomers(3000, 3).customers.filter((row) => !fits(row))).toEqual([]);
  });

  test('follow the named ones in the rows to be seeded', () => {
    const sets = readDemoData({ customers: 3 }).financeOperationsRows;
    const accounts = sets.find((one) => one.set === 'CustomersV3')!.rows.map((row) => String(row.CustomerAccount));
    expect(accounts.slice(0, 6)).toEqual(rows('CustomersV3').map((row) => row.CustomerAccount));
    expect(accounts.slice(6).map((account) => account.slice(3))).toEqual(['100001', '100002', '100003']);
    const parties = sets.find((one) => one.set === 'CDSParties')!.rows;
    expect(parties.slice(0, -3)).toEqual(rows('CDSParties'));
  });

  test('are refused for a count that is not a whole number in range', () => {
    expect(() => generateCustomers(-1, 1)).toThrow('whole number from 0 to 1000000');
    expect(() => generateCustomers(1.5, 1)).toThrow('whole number from 0 to 1000000');
  });
});

test('links and later rows find what is seeded, and connections are signed in as a demo user', () => {
  const { users, links, dataverseRowsAfter, connections, dataverseRows } = readDemoData();
  const named = (set: string) => dataverseRows.find((one) => one.set === set)!.rows.map((row) => row.name);
  const accounts = rows('CustomersV3').map((row) => row.CustomerAccount);
  const contacts = dataverseRowsAfter.find((one) => one.set === 'contacts')!.rows;
  const found = (path: string) => /'([^']+)'/.exec(path)![1];
  for (const { from, to } of links) {
    if (from.startsWith('teams')) expect(named('teams')).toContain(found(from));
    if (from.startsWith('systemusers')) expect(users.map((user) => user.email)).toContain(found(from));
    if (from.startsWith('contacts')) expect(contacts.map((row) => row['lastname'])).toContain(found(from));
    if (to.startsWith('accounts')) expect(accounts).toContain(found(to));
  }
  expect(contacts).toHaveLength(accounts.length);
  expect(users.map((user) => user.email)).toEqual(expect.arrayContaining(Object.values(connections)));
});

test('users name teams that are seeded, and one of them has no role', () => {
  const { users, dataverseRows } = readDemoData();
  const teams = dataverseRows.find((one) => one.set === 'teams')!.rows.map((row) => row.name);
  expect(users.flatMap((user) => user.teams).filter((team) => !teams.includes(team))).toEqual([]);
  expect(users.filter((user) => user.roles.length === 0).map((user) => user.email)).toEqual([
    'norole@fnoconnect.example',
  ]);
});
