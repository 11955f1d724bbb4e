import { aDataverse, type TestDataverse } from '../../../../support/a-dataverse.ts';
import { clientOf, connectorCall, runActions, testConnectors } from '../../../../support/flow-connectors.ts';

let platform: TestDataverse;
let account: string;
beforeAll(async () => {
  platform = await aDataverse();
  account = await platform.create('accounts', { name: 'Contoso', creditlimit: 10 });
});
afterAll(() => platform.close());

const invoke = (method: string, url: string, more: object = {}) =>
  connectorCall('shared_webcontents', 'InvokeHttp', { 'request/method': method, 'request/url': url, ...more });

const run = (actions: Readonly<Record<string, object>>) =>
  runActions(
    actions,
    testConnectors({
      dataverse: clientOf(platform.dataverse.handle, '/api/data/v9.2/'),
      dataverseOrigin: () => 'http://127.0.0.1:7999',
    }),
  );

const etag = async () =>
  (await platform.call('GET', `accounts(${account})?$select=name`)).body['@odata.etag'] as string;

test('a row is written against the version that was seen, and not against another', async () => {
  const seen = await etag();
  const write = (limit: number) =>
    invoke('PATCH', `/api/data/v9.2/accounts(${account})`, {
      'request/headers': { 'If-Match': seen, 'Content-Type': 'application/json' },
      'request/body': `{"creditlimit": ${limit}}`,
    });
  const first = await run({ Write: write(20) });
  expect([first.status, first.by['Write']?.outputs]).toMatchObject(['Succeeded', { statusCode: 204 }]);
  const second = await run({ Write: write(30) });
  expect(second.by['Write']).toMatchObject({
    status: 'Failed',
    outputs: { statusCode: 412, body: { error: { code: '0x80060882' } } },
  });
  expect((await platform.call('GET', `accounts(${account})?$select=creditlimit`)).body.creditlimit).toBe(20);
});

test('a whole address of the environment is taken, and a read gives JSON', async () => {
  const url = `http://127.0.0.1:7999/api/data/v9.2/accounts(${account})?$select=name`;
  const { by } = await run({
    Invoke: invoke('GET', url),
    Get: connectorCall('shared_webcontents', 'GetFileContent', { path: url }),
  });
  for (const name of ['Invoke', 'Get'])
    expect(by[name]?.outputs).toMatchObject({ statusCode: 200, body: { name: 'Contoso' } });
});

test('any other address is refused by name, and nothing is sent', async () => {
  const { by } = await run({ Graph: invoke('GET', 'https://graph.microsoft.com/v1.0/users') });
  expect(by['Graph']).toMatchObject({
    status: 'Failed',
    outputs: { statusCode: 501, body: { error: { code: 'NotEmulated' } } },
  });
});
