import { request } from '../../../../emulator/kernel/index.ts';
import { aPlatform, type TestPlatform } from '../../../support/a-platform.ts';

// finance-operations reference, 5.1 "Trigger condition, F&O", 5.4 (tables of finance and operations) and 8.2; published in
// dual-write-troubleshooting-live-sync, "Live synchronization is not working for a table" and "Enable debug mode".
let there: TestPlatform;
beforeAll(async () => {
  there = await aPlatform();
}, 300_000);
afterAll(() => there.close());

const map = 'accounts - Customers V3';
const customer = `CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')?cross-company=true`;
const change = (body: object) => there.financeOperations('PATCH', customer, { body });
const account = async () =>
  (await there.dataverse('GET', encodeURI("accounts?$filter=accountnumber eq 'US-001'"))).body.value[0];
const untrack = (table: string, field = '') =>
  there.platform.financeOperations.command('untrack-table', { dataEntity: 'CustCustomerV3Entity', table, field });
const act = (verb: string) => there.platform.dualWrite.act(map, verb, {});

async function browse(
  tableName: string,
  as?: string,
): Promise<{ status: number; rows: Record<string, string>[]; text: string }> {
  const headers: Record<string, string> = as === undefined ? {} : { authorization: `Bearer ${as}` };
  const query = new URLSearchParams({ mi: 'SysTableBrowser', tableName, cmp: 'usmf' });
  const answer = await there.platform.handleFinanceOperations(request('GET', `/?${query.toString()}`, headers));
  const text = answer.body.toString();
  const plain = (cell: string) => cell.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
  const lines = [...text.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, cells]) =>
    [...cells!.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell]) => plain(cell!)),
  );
  const [head = [], ...body] = lines;
  const rows = body.map((cells) => Object.fromEntries(head.map((name, index) => [name, cells[index] ?? ''])));
  return { status: answer.status, rows, text };
}

const tracked = async () =>
  (await browse('BusinessEventsDefinition')).rows
    .filter((row) => row['RefEntityName'] === 'CustCustomerV3Entity')
    .map((row) => `${row['RefTableName']} ${row['RecIdFieldName']}`);

describe('BusinessEventsDefinition', () => {
  test('has the published lines of Customers V3 while a map of it is started, and none when it is stopped', async () => {
    expect((await tracked()).sort()).toEqual([
      'CustTable RecId',
      'DirPartyLocation DirPartyLocationRecordId',
      'DirPartyTable PartyRecordId',
      'LogisticsElectronicAddress PrimaryContactEmailRecordId',
      'LogisticsElectronicAddress PrimaryContactFaxRecordId',
      'LogisticsElectronicAddress PrimaryContactPhoneRecordId',
      'LogisticsElectronicAddress PrimaryContactURLRecordId',
      'LogisticsPostalAddress AddressRecordId',
      'LogisticsPostalAddress DeliveryAddressRecordId',
      'LogisticsPostalAddress InvoiceAddressRecordId',
    ]);
    await act('stop');
    expect(await tracked()).toEqual([]);
    await act('start');
    expect(await tracked()).toHaveLength(10);
  });

  test.each([
    [
      'LogisticsPostalAddress',
      'DeliveryAddressRecordId',
      { DeliveryAddressStreet: '1 Tracked Road' },
      'address1_line1',
      '1 Tracked Road',
    ],
    [
      'LogisticsPostalAddress',
      'InvoiceAddressRecordId',
      { InvoiceAddressStreet: '2 Tracked Road' },
      'address2_line1',
      '2 Tracked Road',
    ],
    [
      'LogisticsElectronicAddress',
      'PrimaryContactEmailRecordId',
      { PrimaryContactEmail: 't@x.example' },
      'emailaddress1',
      't@x.example',
    ],
    [
      'LogisticsElectronicAddress',
      'PrimaryContactPhoneRecordId',
      { PrimaryContactPhone: '555-77' },
      'telephone1',
      '555-77',
    ],
    ['DirPartyTable', '', { OrganizationName: 'Tracked Inc.' }, 'name', 'Tracked Inc.'],
    ['CustTable', '', { CreditLimit: 4321 }, 'creditlimit', 4321],
  ] as const)(
    'without %s %s its changes do not reach Dataverse; with it they do',
    async (table, field, body, column, value) => {
      await untrack(table, field);
      expect((await change(body)).status).toBe(204);
      expect((await account())[column]).not.toBe(value);
      // Stopping and starting the map registers what the entity names.
      await act('stop');
      await act('start');
      const [name, written] = Object.entries(body)[0]!;
      const other = typeof written === 'number' ? written + 1 : `${String(written)}!`;
      expect((await change({ [name]: other })).status).toBe(204);
      expect((await account())[column]).toBe(other);
    },
  );

  test('another table of the entity is carried still', async () => {
    await untrack('LogisticsPostalAddress');
    expect((await change({ DeliveryAddressStreet: '9 Nowhere' })).status).toBe(204);
    expect((await account()).address1_line1).not.toBe('9 Nowhere');
    // All mapped fields of the row go once one of them is tracked.
    expect((await change({ CreditLimit: 99 })).status).toBe(204);
    expect(await account()).toMatchObject({ creditlimit: 99, address1_line1: '9 Nowhere' });
    await expect(untrack('Nothing')).rejects.toThrow(
      "'Nothing' is not tracked for 'CustCustomerV3Entity'. Tracked are",
    );
    await act('stop');
    await act('start');
  });
});

test('DualWriteProjectFieldConfiguration has a line for each pair of the map', async () => {
  const rows = (await browse('DualWriteProjectFieldConfiguration')).rows.filter((row) => row['ProjectName'] === map);
  expect(rows).toContainEqual(
    expect.objectContaining({ InternalFieldName: 'CREDITLIMIT', ExternalFieldName: 'creditlimit', SyncDirection: '3' }),
  );
  const mandatory = rows.find((row) => row['InternalFieldName'] === 'CREDITLIMITISMANDATORY');
  expect(JSON.parse(mandatory!['ValueMap']!)).toEqual({ no: 'False', yes: 'True' });
  const type = rows.find((row) => row['ExternalFieldName'] === 'customertypecode');
  expect(type).toMatchObject({ InternalFieldName: '', DefaultValue: '3' });
});

describe('DualWriteErrorLog', () => {
  const fail = async () => {
    const refused = await change({ CustomerGroupId: '10', PaymentTerms: '', SalesMemo: 'x'.repeat(2001) });
    await there.quiet();
    return refused;
  };
  const setDebug = (IsDebugMode: string) =>
    there.financeOperations('PATCH', `DualWriteProjectConfigurations('${encodeURIComponent(map)}')`, {
      body: { IsDebugMode },
    });

  test('keeps the first words of a refusal; in debug mode all of them, and what was sent', async () => {
    const refused = await fail();
    expect(refused.status).toBe(400);
    const before = (await browse('DualWriteErrorLog')).rows;
    expect(before[0]).toMatchObject({
      ...{ ProjectName: map, EntityName: 'CustCustomerV3Entity', ExternalEntityName: 'accounts' },
      ...{ SourceKey: 'usmf|US-001', verboseError: '', debugLogTrace: '' },
    });
    expect(before[0]!['errorMessage']).toHaveLength(250);
    expect((await setDebug('Yes')).status).toBe(204);
    await fail();
    const [last] = (await browse('DualWriteErrorLog')).rows;
    expect(last!['verboseError']!.length).toBeGreaterThan(250);
    expect(last!['verboseError']).toContain('Unable to write data to entity accounts.');
    const { requests } = JSON.parse(last!['debugLogTrace']!) as { requests: { url: string; body: object }[] };
    expect(requests).toMatchObject([
      { method: 'PATCH', url: `${there.origin}/api/data/v9.2/accounts`, body: { accountnumber: 'US-001' } },
    ]);
  });
});

test('the table browser is for administrators, and names the tables it shows', async () => {
  expect((await browse('CustTable')).rows.map((row) => row['CustomerAccount'])).toContain('US-001');
  expect((await browse('CustTable')).rows.map((row) => row['dataAreaId'])).not.toContain('demf');
  expect((await browse('CustTable', 'service@fnoconnect.example')).status).toBe(403);
  const other = await browse('SalesTable');
  expect([other.status, other.text]).toEqual([501, expect.stringContaining('BusinessEventsDefinition, CustTable')]);
});
