import { aPlatform, type TestPlatform } from '../../../support/a-platform.ts';

const customers = 'mserp_custcustomerv3entity';
let there: TestPlatform;

beforeAll(async () => {
  there = await aPlatform();
});
afterAll(() => there.close());
afterEach(async () => {
  const { events } = there.platform;
  for (const { callbackregistrationid: id } of (await there.dataverse('GET', 'callbackregistrations')).body.value)
    await there.dataverse('DELETE', `callbackregistrations(${id})`);
  for (const one of events.activations()) if (one.endpoint !== 'Dataverse') await events.change('delete', { ...one });
  there.received.length = 0;
});

const register = (columns: object = {}) =>
  there.dataverse('POST', 'callbackregistrations', {
    body: { name: 'a flow', entityname: customers, message: 7, scope: 4, url: `${there.receiver}/flow`, ...columns },
  });
const customer = (account: string) => `CustomersV3(dataAreaId='usmf',CustomerAccount='${account}')?cross-company=true`;
const change = (account: string, body: object, as?: string) =>
  there.financeOperations('PATCH', customer(account), { body, as });
const settled = async () => {
  await there.quiet();
  return there.received.map(({ body }) => body);
};

// finance-operations reference, section 4 "Data events".
describe('a flow on a virtual table', () => {
  it('is started by rows created, updated and deleted in finance and operations', async () => {
    expect((await register()).status).toBe(204);
    const created = await there.financeOperations('POST', 'CustomersV3?cross-company=true', {
      body: {
        dataAreaId: 'usmf',
        CustomerAccount: 'US-901',
        OrganizationName: 'New',
        CustomerGroupId: '10',
        SalesCurrencyCode: 'USD',
      },
    });
    expect(created.status).toBe(201);
    await change('US-901', { CreditLimit: 750 });
    await there.financeOperations('DELETE', customer('US-901'));
    const told = await settled();
    expect(told.map(({ SdkMessage }) => SdkMessage)).toEqual(['Create', 'Update', 'Delete']);
    expect(told[1]).toMatchObject({
      mserp_customeraccount: 'US-901',
      mserp_dataareaid: 'usmf',
      mserp_creditlimit: 750,
      ItemInternalId: told[0].mserp_custcustomerv3entityid,
    });
    expect(told[2].mserp_custcustomerv3entityid).toBe(told[0].mserp_custcustomerv3entityid);
    expect(told[2]).not.toHaveProperty('mserp_creditlimit');
  });

  it('is not started by a change that is refused, nor by a write that changes nothing', async () => {
    await register();
    expect((await change('US-001', { CustomerGroupId: 'none' })).status).toBe(400);
    const { CreditLimit } = (await there.financeOperations('GET', customer('US-001'))).body;
    expect((await change('US-001', { CreditLimit })).status).toBe(204);
    expect(await settled()).toEqual([]);
  });

  it('is started by the change dual-write has carried there', async () => {
    await register({ message: 3 });
    const [account] = (await there.dataverse('GET', "accounts?$filter=accountnumber eq 'US-001'")).body.value;
    const body = { creditlimit: 2345 };
    expect((await there.dataverse('PATCH', `accounts(${account.accountid})`, { body })).status).toBe(204);
    expect(await settled()).toMatchObject([{ mserp_customeraccount: 'US-001', mserp_creditlimit: 2345 }]);
  });

  it('may narrow rows by an expression, which is asked of the row as told; columns do not narrow', async () => {
    const filter = "mserp_creditlimit gt 3000 and mserp_dataareaid eq 'usmf'";
    await register({ message: 3, filterexpression: filter, filteringattributes: 'mserp_salescurrencycode' });
    await change('US-001', { CreditLimit: 2999 });
    await change('US-001', { CreditLimit: 3001 });
    expect((await settled()).map((row) => row.mserp_creditlimit)).toEqual([3001]);
  });

  it('shows up as active events, with nothing done in finance and operations', async () => {
    await register({ message: 6 });
    expect(there.platform.events.activations().map(({ event }) => event)).toEqual([
      'CustCustomerV3EntityUpdated',
      'CustCustomerV3EntityDeleted',
    ]);
  });

  it('cannot be on a virtual table nobody tells the changes of', async () => {
    const { status, body } = await register({ entityname: 'mserp_financeandoperationsentity' });
    expect(`${status} ${body.error.code}`).toBe('400 0x80040203');
  });
});

describe('an endpoint with an active data event', () => {
  const event = 'CustCustomerV3EntityUpdated';
  beforeAll(() => there.platform.events.addEndpoint({ name: 'http', type: 'Http', url: `${there.receiver}/http` }));

  it('gets a RemoteExecutionContext; a date that is null is left out', async () => {
    await there.platform.events.change('activate', { event, legalEntity: 'usmf', endpoint: 'http' });
    await change('US-001', { CreditLimit: 4000 }, 'service@fnoconnect.example');
    await change('US-001', { CreditLimit: 5000, OnHoldStatus: 'All' }, 'service@fnoconnect.example');
    const [, context] = await settled();
    const [{ systemuserid }] = (
      await there.dataverse('GET', "systemusers?$filter=internalemailaddress eq 'service@fnoconnect.example'")
    ).body.value;
    expect(context).toMatchObject({
      MessageName: 'OnExternalUpdated',
      PrimaryEntityName: customers,
      PrimaryEntityId: expect.stringMatching(/^00002ac1-0000-0000-/),
      Stage: 40,
      Mode: 1,
      Depth: 1,
      InitiatingUserId: systemuserid,
      UserId: systemuserid,
      OperationCreatedOn: expect.stringMatching(/^\/Date\(\d+\)\/$/),
      BusinessEventId: event,
      PreEntityImages: [],
    });
    const [target, before] = context.InputParameters;
    expect([target.key, before.key]).toEqual(['Target', 'PreImage']);
    type Attribute = { readonly key: string; readonly value: unknown };
    const attribute = (row: { value: { Attributes: Attribute[] } }, name: string) =>
      row.value.Attributes.find(({ key }) => key === name)?.value;
    expect(attribute(target, 'mserp_creditlimit')).toBe(5000);
    expect(attribute(before, 'mserp_creditlimit')).toBe(4000);
    expect(attribute(target, 'mserp_onholdstatus')).toEqual({ Value: expect.any(Number) });
    expect(attribute(target, 'mserp_dataareaid_id')).toEqual({ Id: expect.any(String), LogicalName: 'cdm_company' });
    const empty = await there.dataverse('GET', `${customers.slice(0, -1)}ies(${context.PrimaryEntityId})`);
    const dates = Object.keys(empty.body).filter((name) => empty.body[name] === null && /date$/.test(name));
    expect(dates.length).toBeGreaterThan(0);
    const keys = target.value.Attributes.map(({ key }: { key: string }) => key);
    expect(keys.filter((key: string) => dates.includes(key))).toEqual([]);
  });

  // Section 4.1: the serializer of Dataverse writes `key` and `value` in lower case, members of the context in Pascal case.
  it('names its members as the serializer of Dataverse does', async () => {
    await there.platform.events.change('activate', { event, legalEntity: 'usmf', endpoint: 'http' });
    await change('US-001', { CreditLimit: 4100 });
    const [context] = await settled();
    expect(Object.keys(context).filter((name) => !/^[A-Z]/.test(name))).toEqual([]);
    for (const parameter of context.InputParameters) {
      expect(Object.keys(parameter)).toEqual(['key', 'value']);
      expect(Object.keys(parameter.value).sort()).toEqual(['Attributes', 'Id', 'LogicalName']);
      for (const attribute of parameter.value.Attributes) expect(Object.keys(attribute)).toEqual(['key', 'value']);
    }
  });

  // Section 4.1: a row that Dataverse changes through its virtual table is changed in finance and operations, and told as such.
  it('hears of a change Dataverse has made through the virtual table', async () => {
    await there.platform.events.change('activate', { event, legalEntity: 'usmf', endpoint: 'http' });
    const [row] = (
      await there.dataverse(
        'GET',
        "mserp_custcustomerv3entities?$filter=mserp_customeraccount eq 'US-001'&$select=mserp_creditlimit",
      )
    ).body.value;
    const path = `mserp_custcustomerv3entities(${row.mserp_custcustomerv3entityid})`;
    expect((await there.dataverse('PATCH', path, { body: { mserp_creditlimit: 4200 } })).status).toBe(204);
    expect(await settled()).toMatchObject([{ MessageName: 'OnExternalUpdated', BusinessEventId: event }]);
  });

  it('hears of the company it is activated for only', async () => {
    await there.platform.events.change('activate', { event, legalEntity: 'demf', endpoint: 'http' });
    await change('US-001', { CreditLimit: 100 });
    expect(await settled()).toEqual([]);
  });

  it('can be a queue, with the claims of Dataverse as properties', async () => {
    await there.platform.events.addEndpoint({ name: 'bus', type: 'AzureServiceBusQueue', queue: 'customers' });
    await there.platform.events.change('activate', { event, endpoint: 'bus' });
    await change('US-001', { CreditLimit: 101 });
    await there.quiet();
    const [message] = await there.platform.events.queue('customers', { receive: true, most: 1 });
    expect(message!.properties).toMatchObject({
      'http://schemas.microsoft.com/xrm/2011/Claims/RequestName': 'OnExternalUpdated',
      'http://schemas.microsoft.com/xrm/2011/Claims/InitiatingUser': expect.stringMatching(/^[0-9a-f-]{36}$/),
      'http://schemas.microsoft.com/xrm/2011/Claims/EntityLogicalName': customers,
      'http://schemas.microsoft.com/xrm/2011/Claims/InitiatingUserAgent': 'FINOPS',
    });
  });

  it('needs the virtual table to be there: nothing is told of an entity without one', async () => {
    await there.platform.events.change('activate', { event: 'CustCustomerGroupEntityUpdated', endpoint: 'http' });
    const path = "CustomerGroups(dataAreaId='usmf',CustomerGroupId='10')?cross-company=true";
    await there.financeOperations('PATCH', path, { body: { Description: 'Other' } });
    expect(await settled()).toEqual([]);
  });
});

// Section 4, "Not fired for": Microsoft's "Data events", limitations: virtual fields are calculated in X++ code.
describe('a virtual field', () => {
  const event = 'smmContactPersonV2EntityUpdated';
  const party = async (OrganizationName: string) => {
    const { body } = await there.financeOperations('POST', 'CDSParties', {
      body: { PartyType: 'Organization', OrganizationName },
    });
    return String(body.PartyNumber);
  };
  /** Several changes in one transaction. */
  const changeSet = (...changes: readonly (readonly [path: string, body: object])[]) => {
    const parts = changes.map(
      ([path, body], index) =>
        `--c\r\nContent-Type: application/http\r\nContent-ID: ${index + 1}\r\n\r\nPATCH /data/${path}?cross-company=true HTTP/1.1\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(body)}\r\n`,
    );
    return there.financeOperations('POST', '$batch', {
      headers: { 'content-type': 'multipart/mixed; boundary=b' },
      body: `--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n${parts.join('')}--c--\r\n--b--\r\n`,
    });
  };

  it('that alone has changed fires no data event; a field of a table does', async () => {
    await there.platform.virtualTables.catalogue.show(['smmContactPersonV2Entity']);
    await there.platform.events.change('activate', { event, endpoint: 'http' });
    const [first, second] = [await party('First'), await party('Second')];
    const vendor = { dataAreaId: 'usmf', VendorAccountNumber: 'V-1', VendorPartyNumber: first, VendorGroupId: '10' };
    const made = await there.financeOperations('POST', 'VendorsV2?cross-company=true', {
      body: { ...vendor, VendorOrganizationName: 'First', CurrencyCode: 'USD' },
    });
    expect([made.status, made.body.error?.innererror?.message]).toEqual([201, undefined]);
    const person = { dataAreaId: 'usmf', FirstName: 'Ann', LastName: 'Ames', AssociatedPartyNumber: first };
    const contact = await there.financeOperations('POST', 'ContactsV2?cross-company=true', { body: person });
    expect([contact.status, contact.body.error?.innererror?.message]).toEqual([201, undefined]);
    const path = `ContactsV2(dataAreaId='usmf',ContactPersonId='${contact.body.ContactPersonId}')`;
    await settled();
    there.received.length = 0;
    const answer = await changeSet(
      [path, { FirstName: 'Ann' }],
      ["VendorsV2(dataAreaId='usmf',VendorAccountNumber='V-1')", { VendorPartyNumber: second }],
    );
    expect(String(answer.body).match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 204', 'HTTP/1.1 204']);
    const now = await there.financeOperations('GET', `${path}?cross-company=true`);
    expect(now.body.AssociatedPartyNumber).toBe(second);
    expect(await settled()).toEqual([]);
    await there.financeOperations('PATCH', `${path}?cross-company=true`, { body: { FirstName: 'Anna' } });
    expect(await settled()).toHaveLength(1);
  });

  it('is said to be one in the metadata of its entity, and in the catalogue', () => {
    const entity = there.platform.financeOperations.entities.get('smmContactPersonV2Entity')!;
    const virtual = [...entity.fields.values()].filter(({ isVirtual }) => isVirtual).map(({ name }) => name);
    expect(virtual).toEqual(['AssociatedPartyNumber']);
    const { dataEvents } = there.platform.events.catalogue();
    expect(dataEvents.find(({ id }) => id === event)).toMatchObject({ virtualFields: virtual });
    expect(dataEvents.find(({ id }) => id === 'CustCustomerV3EntityUpdated')).toMatchObject({ virtualFields: [] });
  });
});

// https://learn.microsoft.com/power-apps/developer/data-platform/virtual-entities/enable-virtual-table-event-support
describe('the messages OnExternalCreated, OnExternalUpdated and OnExternalDeleted', () => {
  const id = '00002ac1-0000-0000-0100-000000000000';
  const tell = (message: string, target: object, set = 'mserp_custcustomerv3entities') =>
    there.dataverse('POST', `${set}/Microsoft.Dynamics.CRM.${message}`, { body: { Target: target } });
  const row = { '@odata.type': `Microsoft.Dynamics.CRM.${customers}`, mserp_custcustomerv3entityid: id };

  it('tell those who are registered, and answer 204', async () => {
    await register();
    for (const message of ['OnExternalCreated', 'OnExternalUpdated', 'OnExternalDeleted'])
      expect((await tell(message, { ...row, mserp_creditlimit: 1 })).status).toBe(204);
    const told = await settled();
    expect(told.map(({ SdkMessage, ItemInternalId }) => `${SdkMessage} ${ItemInternalId}`)).toEqual(
      ['Create', 'Update', 'Delete'].map((operation) => `${operation} ${id}`),
    );
  });

  // Section 4: PostOperation and asynchronous only.
  it.each([10, 20] as const)('take no step of stage %d, and none that could undo what has happened', async (stage) => {
    const step = { name: 'Early', message: 'OnExternalUpdated', table: customers, run: async () => undefined };
    expect(() => there.platform.dataverse.registerStep({ ...step, stage })).toThrow('takes PostOperation steps only');
    const failing = async () => {
      throw new Error('Too late.');
    };
    const stop = there.platform.dataverse.registerStep({ ...step, stage: 40, run: failing });
    await change('US-001', { CreditLimit: 4000 + stage });
    await there.quiet();
    stop();
    const key = "CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')?cross-company=true";
    expect((await there.financeOperations('GET', key)).body.CreditLimit).toBe(4000 + stage);
  });

  it('run asynchronous steps, which may be narrowed to columns', async () => {
    const heard: string[] = [];
    there.platform.dataverse.registerStep({
      name: 'Heard',
      message: 'OnExternalUpdated',
      table: customers,
      stage: 40,
      filteringColumns: ['mserp_creditlimit'],
      run: async ({ target }) => void heard.push(String(target['mserp_creditlimit'])),
    });
    await tell('OnExternalUpdated', { ...row, mserp_creditlimit: 7 });
    await tell('OnExternalUpdated', { ...row, mserp_customeraccount: 'US-001' });
    await change('US-001', { CreditLimit: 8 });
    await there.quiet();
    expect(heard).toEqual(['7', '8']);
  });

  it.each([
    ['a row without its type', { mserp_custcustomerv3entityid: id }, undefined, 400],
    ['a row without its id', { '@odata.type': row['@odata.type'] }, undefined, 400],
    [
      'a table that is not virtual',
      { '@odata.type': 'Microsoft.Dynamics.CRM.account', accountid: id },
      'accounts',
      400,
    ],
  ])('refuse %s', async (_what, target, set, status) => {
    expect((await tell('OnExternalUpdated', target, set)).status).toBe(status);
  });
});

// Section 4: a JSON schema is not offered for data events.
test('there is no schema of a data event to be downloaded', () => {
  expect(() => there.platform.events.schema('CustCustomerV3EntityUpdated')).toThrow(
    "no event 'CustCustomerV3EntityUpdated'",
  );
});

test('the catalogue has three events for every data entity', () => {
  const { dataEvents } = there.platform.events.catalogue();
  expect(dataEvents).toHaveLength(there.platform.financeOperations.entities.size * 3);
  expect(dataEvents.find(({ id }) => id === 'CustCustomerV3EntityUpdated')).toMatchObject({
    message: 'OnExternalUpdated',
    isCompanySpecific: true,
    virtualTable: customers,
  });
});

test('above what the platform supports nothing is refused, and the rate says so', () => {
  const { clock, events } = there.platform;
  expect(events.dataEventRate()).toMatchObject({ isSupported: true, supported: { in5Minutes: 5000, inAnHour: 50000 } });
  there.platform.database.exec(
    `with recursive n(i) as (select 1 union all select i + 1 from n where i < 5001) insert into "emulator$events" (id, kind, event, legal_entity, endpoint, control_number, payload, created_on, status, attempts) select 'x' || i, 'data', 'x', '', 'x', i, '{}', '${clock.now().toISOString()}', 'Sent', 1 from n`,
  );
  expect(events.dataEventRate().isSupported).toBe(false);
});
