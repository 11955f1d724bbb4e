import { aPlatform, type TestPlatform } from '../../../support/a-platform.ts';

// finance-operations reference 3.4: Microsoft's "Manage business event endpoints".
const event = 'SalesInvoicePostedBusinessEvent';
let there: TestPlatform;
beforeAll(async () => {
  there = await aPlatform();
});
afterAll(() => there.close());

const rows = async (filter = '') =>
  (await there.dataverse('GET', `serviceendpoints?$select=name,contract,path,url&$orderby=name${filter}`)).body.value;
const names = () => there.platform.events.endpoints().map(({ name, type, target }) => `${name} ${type} ${target}`);
const add = async (endpoint: object) => {
  await there.platform.events.addEndpoint(endpoint as Record<string, unknown>);
  await there.quiet();
};
const post = (body: object) => there.dataverse('POST', 'serviceendpoints', { body });

test('endpoints of finance and operations are service endpoints of Dataverse, of the mapped kind', async () => {
  const grid = 'https://topic.westeurope-1.eventgrid.azure.net/api/events';
  await add({ name: 'a', type: 'AzureServiceBusQueue', queue: 'invoices' });
  await add({ name: 'b', type: 'AzureServiceBusTopic', topic: 'invoices' });
  await add({ name: 'c', type: 'AzureEventHub', eventHub: 'hub' });
  await add({ name: 'd', type: 'AzureEventGrid', url: grid });
  await add({ name: 'e', type: 'Http', url: 'http://127.0.0.1:9/e' });
  await add({ name: 'f', type: 'AzureBlobStorage', container: 'blobs' });
  expect(await rows()).toMatchObject([
    { name: 'a', contract: 6, path: 'invoices' },
    { name: 'b', contract: 5, path: 'invoices' },
    { name: 'c', contract: 7, path: 'hub' },
    { name: 'd', contract: 9, url: grid },
    { name: 'e', contract: 8, url: 'http://127.0.0.1:9/e' },
  ]);
  await there.platform.events.removeEndpoint('e');
  await there.quiet();
  expect((await rows()).map(({ name }: { name: string }) => name)).toEqual(['a', 'b', 'c', 'd']);
});

test('service endpoints made in Dataverse are endpoints of finance and operations; a webhook is not', async () => {
  expect((await post({ name: 'made', contract: 6, path: 'orders' })).status).toBe(204);
  expect((await post({ name: 'hook', contract: 8, url: 'http://127.0.0.1:9/hook' })).status).toBe(204);
  expect(names()).toContain('made AzureServiceBusQueue orders');
  expect(names().join()).not.toContain('hook');
  expect((await post({ name: 'bad', contract: 6, path: 'no queue' })).status).toBe(400);
  expect(names().join()).not.toContain('bad');
});

test('name and resource follow, and what is active goes with the name', async () => {
  await there.platform.events.change('activate', { event, endpoint: 'made' });
  const [{ serviceendpointid }] = await rows("&$filter=name eq 'made'");
  const patch = (body: object) => there.dataverse('PATCH', `serviceendpoints(${serviceendpointid})`, { body });
  expect((await patch({ name: 'renamed', path: 'others' })).status).toBe(204);
  expect(names()).toContain('renamed AzureServiceBusQueue others');
  expect(there.platform.events.activations()).toEqual([
    { event, legalEntity: '', endpoint: 'renamed', isActive: true },
  ]);
});

test('one that is in use is not deleted, nor does its type change, on either side', async () => {
  const [{ serviceendpointid }] = await rows("&$filter=name eq 'renamed'");
  const path = `serviceendpoints(${serviceendpointid})`;
  const refused = await there.dataverse('DELETE', path);
  expect([refused.status, refused.body.error.message]).toEqual([409, expect.stringContaining("'renamed' is in use")]);
  expect((await there.dataverse('PATCH', path, { body: { contract: 5 } })).status).toBe(409);
  await there.platform.events.change('delete', { event, endpoint: 'renamed' });
  expect((await there.dataverse('PATCH', path, { body: { contract: 5 } })).status).toBe(204);
  expect(names()).toContain('renamed AzureServiceBusTopic others');
  expect((await there.dataverse('DELETE', path)).status).toBe(204);
  expect(names().join()).not.toContain('renamed');
});
