import { aDataverse, type TestDataverse } from '../../../../support/a-dataverse.ts';

let environment: TestDataverse;
beforeAll(async () => void (environment = await aDataverse()));
afterAll(() => environment.close());

const async = { headers: { prefer: 'odata.include-annotations="*",respond-async' } };

test.each([
  ['a query in SQL', 'GET', 'accounts?sql=select%20name%20from%20account', {}, 'A query in SQL'],
  ['SOAP', 'POST', 'http://127.0.0.1:7999/XRMServices/2011/Organization.svc/web', {}, 'SOAP'],
  ['discovery', 'GET', 'http://127.0.0.1:7999/api/discovery/v2.0/Instances', {}, 'discovery'],
  ['a partition', 'GET', 'accounts?partitionId=a', {}, 'partitionId'],
])('%s is refused by name', async (_what, method, path, options, name) => {
  const answer = await environment.call(method, path, options);
  expect(answer.refusal).toBe('501 NotEmulated');
  expect(answer.text).toContain(name);
});

test('rows are written at once, whoever would wait', async () => {
  const answer = await environment.call('POST', 'accounts', { ...async, body: { name: 'Contoso' } });
  expect([answer.status, answer.headers['Preference-Applied']]).toEqual([204, undefined]);
});
