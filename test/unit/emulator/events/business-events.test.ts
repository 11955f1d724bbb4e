import { aPlatform, type TestPlatform } from '../../../support/a-platform.ts';

const event = 'SalesInvoicePostedBusinessEvent';
let there: TestPlatform;

beforeAll(async () => {
  there = await aPlatform();
});
afterAll(() => there.close());
afterEach(async () => {
  const { events, faultRules } = there.platform;
  await events.setParameters({ bundleSize: 100, endpointsPerEvent: 10 });
  for (const one of events.activations()) if (one.endpoint !== 'Dataverse') await events.change('delete', { ...one });
  for (const { name, type } of events.endpoints()) if (type !== 'CDS') await events.removeEndpoint(name);
  faultRules.remove();
  there.received.length = 0;
  there.answer = () => 200;
});

const endpoint = (name: string, path = name) =>
  there.platform.events.addEndpoint({ name, type: 'Http', url: `${there.receiver}/${path}` });
const activate = (name: string, legalEntity = '') =>
  there.platform.events.change('activate', { event, legalEntity, endpoint: name });
const raise = (invoice: string, company = 'usmf', fail = false) =>
  there.platform.database.transaction(async () => {
    there.platform.financeOperations.businessEvents.raise(event, company, { InvoiceId: invoice });
    if (fail) throw new Error('the posting is undone');
  });
const invoices = () => there.received.map(({ path, body }) => `${path} ${body.InvoiceId}`);
/** Lets the waits between tries pass. */
async function settle(): Promise<void> {
  for (let round = 0; round < 8; round++) {
    await there.quiet();
    there.platform.clock.advance(1000);
  }
  await there.quiet();
}

describe('activation (business events: home page)', () => {
  it('decides which companies are told where; what is not active is not told', async () => {
    await raise('I0');
    await endpoint('all');
    await endpoint('german');
    await activate('all');
    await activate('german', 'DEMF');
    await raise('I1');
    await raise('I2', 'demf');
    await there.quiet();
    expect(invoices().sort()).toEqual(['/all I1', '/all I2', '/german I2']);
  });

  it('tells an endpoint once, though it is activated for the company and for all', async () => {
    await endpoint('all');
    await activate('all');
    await activate('all', 'usmf');
    await raise('I1');
    await there.quiet();
    expect(invoices()).toEqual(['/all I1']);
  });

  it('ends with deactivating, which keeps the history, and with deleting, which does not', async () => {
    await endpoint('one');
    await activate('one');
    await raise('I1');
    await there.quiet();
    await there.platform.events.change('deactivate', { event, endpoint: 'one' });
    await raise('I2');
    await there.quiet();
    expect(invoices()).toEqual(['/one I1']);
    expect(there.platform.events.list({ event })).toHaveLength(1);
    expect(there.platform.events.activations()).toEqual([{ event, legalEntity: '', endpoint: 'one', isActive: false }]);
    await there.platform.events.change('delete', { event, endpoint: 'one' });
    expect(there.platform.events.list({ event })).toEqual([]);
  });

  it.each([
    [{ event: 'CustomerChangedBusinessEvent', endpoint: 'one' }, /no event 'CustomerChangedBusinessEvent'/],
    [{ event, endpoint: 'none' }, /no endpoint 'none'/],
    [{ event, legalEntity: 'frmf', endpoint: 'one' }, /no legal entity 'frmf'/],
    [{ event: 'CDSPartyCreated', endpoint: 'one' }, /no event/],
    [{ event: 'DirPartyCDSEntityUpdated', legalEntity: 'usmf', endpoint: 'one' }, /without companies/],
  ])('refuses %j', async (activation, words) => {
    await endpoint('one');
    await expect(there.platform.events.change('activate', activation)).rejects.toThrow(words);
  });

  it('allows ten endpoints for an event and a legal entity, unless the parameters say otherwise', async () => {
    for (let number = 1; number <= 11; number++) await endpoint(`e${number}`);
    for (let number = 1; number <= 10; number++) await activate(`e${number}`);
    await expect(activate('e11')).rejects.toThrow('has 10 endpoints');
    await there.platform.events.setParameters({ endpointsPerEvent: 11 });
    await activate('e11');
  });
});

describe('endpoints (managing business event endpoints)', () => {
  it.each([
    [{ name: 'a', type: 'AzureServiceBusQueue' }, /queue has 1 to 60/],
    [{ name: 'a', type: 'AzureServiceBusTopic', queue: 'q' }, /topic has 1 to 60/],
    [{ name: 'a', type: 'AzureEventHub', eventHub: 'a/b' }, /eventHub has 1 to 60/],
    [{ name: 'a', type: 'AzureEventGrid', url: 'https://example.com/' }, /url has the topic endpoint/],
    [{ name: 'a', type: 'AzureBlobStorage', container: 'Events' }, /container has 3 to 63 lower-case/],
    [{ name: 'a', type: 'AzureBlobStorage', container: 'a--b' }, /container has 3 to 63 lower-case/],
    [{ name: 'a', type: 'Flow' }, /cannot be made by hand/],
    [{ name: 'a', type: 'CDS' }, /cannot be made by hand/],
    [{ name: 'a', type: 'Http', url: 'https://example.com/' }, /address of this machine/],
    [{ name: 'a', type: 'Carrier pigeon' }, /none of Http, AzureServiceBusQueue/],
    [{ type: 'Http', url: 'http://127.0.0.1/' }, /name has 1 to 60/],
  ])('refuses %j', async (given, words) => {
    await expect(async () => there.platform.events.addEndpoint(given)).rejects.toThrow(words);
  });

  it('cannot be deleted, nor change their type, while they are in use', async () => {
    await endpoint('one');
    await activate('one');
    await expect(async () => there.platform.events.removeEndpoint('one')).rejects.toThrow('is in use');
    const other = { name: 'one', type: 'AzureServiceBusQueue', queue: 'q' };
    await expect(there.platform.events.addEndpoint(other)).rejects.toThrow('cannot be changed');
  });

  it('may be a queue, whose messages carry what brokers filter by', async () => {
    await there.platform.events.addEndpoint({ name: 'bus', type: 'AzureServiceBusQueue', queue: 'invoices' });
    await activate('bus');
    await raise('I1');
    await there.quiet();
    const [message] = await there.platform.events.queue('invoices', { receive: true, most: 10 });
    expect(message).toMatchObject({
      properties: { Category: 'Accounts receivable', BusinessEventId: event, LegalEntity: 'USMF' },
      body: { InvoiceId: 'I1' },
    });
    expect(await there.platform.events.queue('invoices', { receive: false, most: 10 })).toEqual([]);
  });

  const grid = 'https://invoices.westeurope-1.eventgrid.azure.net/api/events';
  it.each([
    [{ type: 'AzureServiceBusTopic', topic: 'invoices' }, 'topic:invoices', { Category: 'Accounts receivable' }],
    [{ type: 'AzureEventHub', eventHub: 'invoices' }, 'event-hub:invoices', {}],
    [{ type: 'AzureBlobStorage', container: 'invoices' }, 'blob:invoices', {}],
    [{ type: 'AzureEventGrid', url: grid }, 'event-grid:invoices', { BusinessEventId: event, LegalEntity: 'USMF' }],
  ])('may be %j, each a queue of its own', async (given, queue, properties) => {
    await there.platform.events.addEndpoint({ name: 'broker', ...given });
    await activate('broker');
    await raise('I1');
    await there.quiet();
    const [message, ...others] = await there.platform.events.queue(queue, { receive: true, most: 10 });
    expect(others).toEqual([]);
    expect(message!.properties).toMatchObject(properties);
    expect(JSON.stringify(message!.body)).toContain('I1');
    await expect(async () => there.platform.events.queue('invoices', { receive: true, most: 1 })).rejects.toThrow(
      "No endpoint sends to a queue 'invoices'",
    );
  });

  it('Event Grid gets an event whose data is a text, or an object when the parameters say so', async () => {
    await there.platform.events.addEndpoint({ name: 'grid', type: 'AzureEventGrid', url: grid });
    await activate('grid');
    await raise('I1');
    await there.platform.events.setParameters({ eventGridDataIsObject: 1 });
    await there.quiet();
    await raise('I2');
    await there.quiet();
    await there.platform.events.setParameters({ eventGridDataIsObject: 0 });
    await raise('I3');
    await there.quiet();
    const bodies = (await there.platform.events.queue('event-grid:invoices', { receive: true, most: 10 })).map(
      ({ body }) => body as { data: unknown; subject: string; eventType: string },
    );
    expect(bodies[2]).toMatchObject({
      topic: grid,
      subject: `Accounts receivable/${event}/USMF`,
      eventType: event,
      dataVersion: '1.0',
    });
    expect(bodies.slice(1).map(({ data }) => typeof data)).toEqual(['object', 'string']);
    expect(JSON.parse(bodies[2]!.data as string)).toMatchObject({ InvoiceId: 'I3' });
  });

  it('may be deleted once nothing is active for it; what failed goes to the one that takes its place', async () => {
    there.answer = (path) => (path === '/one' ? 500 : 200);
    await endpoint('one');
    await activate('one');
    await raise('I1');
    await settle();
    await there.platform.events.change('deactivate', { event, endpoint: 'one' });
    await there.platform.events.removeEndpoint('one');
    const [failed] = there.platform.events.list({ event });
    expect(failed).toMatchObject({ status: 'Error', attempts: 4 });
    there.platform.events.resend(failed!.id);
    await there.quiet();
    expect(there.platform.events.list({ event })[0]).toMatchObject({ error: "The endpoint 'one' is gone." });
    await endpoint('two');
    await activate('two');
    there.received.length = 0;
    there.platform.events.resend(failed!.id);
    await there.quiet();
    expect(invoices()).toEqual(['/two I1']);
    expect(there.platform.events.list({ event })[0]).toMatchObject({ status: 'Sent', endpoint: 'two' });
    await there.platform.events.change('delete', { event, endpoint: 'one' });
  });

  it('are data entities, too: what OData sets up is delivered, and deleting it there forgets the history', async () => {
    const { call } = { call: there.financeOperations };
    const keyVault = { AzureAppId: 'id', DecryptedAzureAppSecret: 's', KeyVaultDnsName: 'v', KeyVaultSecretName: 'n' };
    const queue = { Name: 'odata', Type: 'AzureServiceBusQueue', ServiceBusQueueName: 'from-odata', ...keyVault };
    const row = { BusinessEventsTable: event, LegalEntity: 'usmf', BusinessEventsEndpoint_Name: 'odata' };
    expect((await call('POST', 'BusinessEventsEndpoints', { body: queue })).status).toBe(201);
    expect((await call('POST', 'BusinessEventsConfigurations', { body: row })).status).toBe(201);
    await raise('I1');
    await raise('I2', 'demf');
    await there.quiet();
    expect(await there.platform.events.queue('from-odata', { receive: true, most: 10 })).toMatchObject([
      { body: { InvoiceId: 'I1' } },
    ]);
    expect(there.platform.events.list({ event })).toHaveLength(1);
    const path = `BusinessEventsConfigurations(BusinessEventsTable='${event}',LegalEntity='usmf',BusinessEventsEndpoint_Name='odata')`;
    expect((await call('PATCH', path, { body: { Disabled: 'Yes' } })).status).toBe(204);
    await raise('I3');
    await there.quiet();
    expect(there.platform.events.list({ event })).toHaveLength(1);
    expect((await call('DELETE', path)).status).toBe(204);
    expect(there.platform.events.list({ event })).toEqual([]);
  });
});

describe('delivery (business events: home page, developer documentation)', () => {
  beforeEach(async () => {
    await endpoint('one');
    await activate('one');
  });

  it('sends nothing of a transaction that is undone', async () => {
    await expect(raise('I1', 'usmf', true)).rejects.toThrow('undone');
    await there.quiet();
    expect(there.received).toEqual([]);
    expect(there.platform.events.list()).toEqual([]);
  });

  it('tries three times more, a second apart, then leaves it in the error log, from where it is resent', async () => {
    there.answer = () => 500;
    await raise('I1');
    await settle();
    expect(invoices()).toEqual(Array(4).fill('/one I1'));
    const [failed] = there.platform.events.list({ status: 'Error' });
    expect(failed).toMatchObject({ attempts: 4, error: 'answered 500', endpoint: 'one' });
    there.answer = () => 202;
    expect(there.platform.events.resend(failed!.id)).toBe(true);
    await settle();
    expect(there.platform.events.counts()).toEqual({ Waiting: 0, Sent: 1, Error: 0 });
    expect(there.received.map(({ body }) => body.ControlNumber)).toEqual(Array(5).fill(failed!.controlNumber));
  });

  it('gives control numbers that rise', async () => {
    for (const invoice of ['I1', 'I2', 'I3']) await raise(invoice);
    await there.quiet();
    const numbers = there.received.map(({ body }) => body.ControlNumber as number);
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    expect(new Set(numbers).size).toBe(3);
  });

  it('stops when a parameter is zero, and goes on when it is not', async () => {
    await there.platform.events.setParameters({ bundleSize: 0 });
    await raise('I1');
    await there.quiet();
    expect(there.received).toEqual([]);
    await there.platform.events.setParameters({ bundleSize: 10 });
    await there.quiet();
    expect(invoices()).toEqual(['/one I1']);
  });

  it('comes twice, or after the next, when a fault rule wants it so', async () => {
    const rule = (effect: object, path: string) =>
      there.platform.faultRules.add({
        id: path,
        where: 'event-delivery',
        when: 'before',
        effect,
        times: 1,
        match: { path },
      });
    rule({ duplicate: true }, '/one');
    rule({ reorder: true }, '/one');
    await there.platform.database.transaction(async () => {
      for (const invoice of ['I1', 'I2', 'I3'])
        there.platform.financeOperations.businessEvents.raise(event, 'usmf', { InvoiceId: invoice });
    });
    await settle();
    expect(invoices()).toEqual(['/one I2', '/one I2', '/one I3', '/one I1']);
  });
});

describe('subscribers', () => {
  const registrations = async () =>
    (await there.dataverse('GET', 'callbackregistrations?$select=name')).body.value as {
      callbackregistrationid: string;
    }[];
  afterEach(async () => {
    for (const { callbackregistrationid: id } of await registrations())
      await there.dataverse('DELETE', `callbackregistrations(${id})`);
  });

  it('a flow of the Fin & Ops connector is an endpoint while it is on', async () => {
    const notificationUrl = `${there.receiver}/flow`;
    const name = await there.platform.events.subscribe({ event, legalEntity: 'USMF', notificationUrl });
    await raise('I1');
    await raise('I2', 'demf');
    await there.quiet();
    expect(invoices()).toEqual(['/flow I1']);
    expect(there.platform.events.activations()).toEqual([
      { event, legalEntity: 'usmf', endpoint: name, isActive: true },
    ]);
    expect(await there.platform.events.subscribe({ event, legalEntity: 'usmf', notificationUrl })).toBe(name);
    await there.platform.events.unsubscribe(notificationUrl);
    await raise('I3');
    await there.quiet();
    expect(invoices()).toEqual(['/flow I1']);
    expect(there.platform.events.endpoints().map((one) => one.name)).toEqual(['Dataverse']);
  });

  it('a callback registration on the custom API of the event hears its parameters', async () => {
    await endpoint('one');
    await activate('one');
    await there.quiet();
    const body = {
      name: 'a flow',
      message: 3,
      scope: 4,
      url: `${there.receiver}/callback`,
      sdkmessagename: `mserp_${event}`,
    };
    expect((await there.dataverse('POST', 'callbackregistrations', { body })).status).toBe(204);
    await raise('I1');
    await there.quiet();
    const [told] = there.received.filter(({ path }) => path === '/callback');
    expect(told!.body).toMatchObject({
      SdkMessage: `mserp_${event}`,
      InputParameters: { BusinessEventId: event, InvoiceId: 'I1' },
      OutputParameters: {},
    });
    expect(told!.body.InputParameters).toEqual(there.received.find(({ path }) => path === '/one')!.body);
    expect(there.platform.events.activations()).toContainEqual({
      event,
      legalEntity: '',
      endpoint: 'Dataverse',
      isActive: true,
    });
  });

  it('there is none on a message nobody raises', async () => {
    const body = {
      name: 'a flow',
      entityname: 'none',
      message: 3,
      url: `${there.receiver}/x`,
      sdkmessagename: 'abc_Other',
    };
    expect(await there.dataverse('POST', 'callbackregistrations', { body })).toMatchObject({
      status: 501,
      body: { error: { code: 'NotEmulated' } },
    });
  });
});
