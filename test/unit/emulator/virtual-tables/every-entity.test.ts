import { aPlatform, type TestPlatform } from '../../../support/a-platform.ts';

// finance-operations reference, 2.2 "Catalog table" and 2.5 "Data types": any public data entity can be made visible.
let there: TestPlatform;
jest.setTimeout(180_000);
beforeAll(async () => {
  there = await aPlatform();
  await there.platform.financeOperations.command('propose-credit-limit', {
    company: 'usmf',
    customerAccount: 'US-001',
  });
  const customer = "CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')?cross-company=true";
  await there.financeOperations('PATCH', customer, { body: { CreditLimit: 123_456 } });
  const { catalogue } = there.platform.virtualTables;
  await catalogue.show([...there.platform.financeOperations.entities.keys()]);
});
afterAll(() => there.close());

test('every data entity has a virtual table, whose rows are read in pages and one by one', async () => {
  let read = 0;
  for (const entity of there.platform.financeOperations.entities.values()) {
    const table = there.platform.dataverse.metadata.table(`mserp_${entity.name.toLowerCase()}`)!;
    const page = await there.dataverse('GET', `${table.entitySetName}?$top=2`);
    expect([entity.name, page.status]).toEqual([entity.name, 200]);
    const [row] = page.body.value;
    // The demo data has rows for most of them.
    if (row === undefined) continue;
    read += 1;
    const one = await there.dataverse('GET', `${table.entitySetName}(${row[table.primaryId]})`);
    expect([entity.name, one.status, one.body[table.primaryId]]).toEqual([entity.name, 200, row[table.primaryId]]);
  }
  expect(read).toBeGreaterThan(30);
});

test('a GUID has no column, not even as a key; it is in the primary name', async () => {
  const { body } = await there.dataverse('GET', 'mserp_workflowworkitementities');
  expect(Object.keys(body.value[0])).not.toContain('mserp_id');
  expect(body.value[0].mserp_primaryfield).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
});

// 2.5 "Data types": every supported field is a column, whatever shipped or made it.
const types = {
  string: ['text', 'memo'],
  real: ['decimal'],
  int64: ['decimal'],
  int: ['integer'],
  utcDateTime: ['datetime'],
  date: ['datetime', 'date'],
  enum: ['choice'],
  guid: [],
} as const;

test('every field has a column of its type with its external name; those of unsupported types have none', () => {
  const wrong: string[] = [];
  for (const entity of there.platform.financeOperations.entities.values()) {
    const table = there.platform.dataverse.metadata.table(`mserp_${entity.name.toLowerCase()}`)!;
    for (const field of entity.fields.values()) {
      const column = table.columns.get(`mserp_${field.name.toLowerCase()}`);
      const expected: readonly string[] = types[field.type];
      const isRight =
        expected.length === 0
          ? column === undefined
          : column !== undefined && expected.includes(column.type) && column.externalName === field.name;
      if (!isRight)
        wrong.push(`${entity.name}.${field.name}: ${field.type} is ${column?.type} ${column?.externalName}`);
    }
  }
  expect(wrong).toEqual([]);
});
