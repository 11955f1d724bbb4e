import { aPlatform, type TestPlatform } from '../../../../support/a-platform.ts';

// finance-operations reference, 7: "Resource based (priority)"; 2.9: what a caller of a virtual table sees of a 429.
let there: TestPlatform;
beforeAll(async () => {
  there = await aPlatform();
});
afterAll(() => there.close());
afterEach(() => command('set-resource-utilization', { level: 'Normal' }));

const command = (name: string, parameters: object) => there.platform.financeOperations.command(name, { ...parameters });
const busy = 'This request could not be processed at this time due to system experiencing high resource utilization.';
const ask = async (as?: string) => {
  const { status, body } = await there.financeOperations('GET', 'Currencies?$top=1', { as });
  return status === 200 ? 200 : `${status} ${body.error.message}`;
};
const [low, usual, high] = ['service@fnoconnect.example', 'sales@fnoconnect.example', 'manager@fnoconnect.example'];

test.each([
  ['Normal', [200, 200, 200]],
  ['High', [`429 ${busy}`, 200, 200]],
  ['Critical', [`429 ${busy}`, `429 ${busy}`, 200]],
])('while utilization is %s, low priorities are refused before high ones', async (level, expected) => {
  await command('set-throttling-priority', { integration: low, priority: 'Low' });
  await command('set-throttling-priority', { integration: high, priority: 'High' });
  await command('set-resource-utilization', { level });
  expect([await ask(low), await ask(usual), await ask(high)]).toEqual(expected);
});

test('an application has a priority by its client id; how long to wait is said', async () => {
  const clientId = 'aaaaaaaa-0000-4000-8000-000000000002';
  await command('register-application', { clientId, name: 'Robot', user: high });
  await command('set-throttling-priority', { integration: clientId, priority: 'Low' });
  await command('set-resource-utilization', { level: 'High' });
  expect(await ask(clientId)).toBe(`429 ${busy}`);
  const { headers } = await there.platform.handleFinanceOperations({
    method: 'GET',
    url: '/data/Currencies',
    headers: { authorization: `Bearer ${clientId}` },
    body: Buffer.alloc(0),
  });
  expect(headers['Retry-After']).toBe('30');
});

test('virtual tables, exempt from the limits of users, are not from this', async () => {
  await command('set-resource-utilization', { level: 'Critical' });
  const { status, body } = await there.dataverse('GET', 'mserp_custcustomerv3entities?$top=1');
  expect([status, body.error.message]).toEqual([
    400,
    'A token was obtained to call Finance and Operations, but Finance and Operations returned an error of type 429.',
  ]);
});

test.each([
  ['set-resource-utilization', { level: 'Mad' }],
  ['set-throttling-priority', { integration: 'x', priority: 'Mad' }],
])('%s takes what there is: %j', async (name, parameters) => {
  await expect(command(name, parameters)).rejects.toThrow(/one of/);
});
