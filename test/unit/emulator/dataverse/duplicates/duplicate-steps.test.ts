import { aDataverse, type TestDataverse } from '../../../../support/a-dataverse.ts';

let environment: TestDataverse;
beforeEach(async () => void (environment = await aDataverse()));
afterEach(() => environment.close());

const detecting = { 'mscrm.suppressduplicatedetection': 'false' };

/** A published rule, by its id. */
async function aRule(conditions: readonly object[], more: object = {}): Promise<string> {
  const rule = await environment.create('duplicaterules', {
    name: 'Rule',
    baseentityname: 'contact',
    DuplicateRule_DuplicateRuleConditions: conditions,
    ...more,
  });
  await environment.call('POST', `duplicaterules(${rule})/Microsoft.Dynamics.CRM.PublishDuplicateRule`, { body: {} });
  await environment.work.quiet(1000);
  return rule;
}

const attempt = async (set: string, body: object) =>
  (await environment.call('POST', set, { body, headers: detecting })).refusal;
const statusOf = async (rule: string) =>
  (await environment.call('GET', `duplicaterules(${rule})?$select=statuscode`)).body.statuscode;

const on = (baseattributename: string, operatorcode: number) => ({ baseattributename, operatorcode });

test('the same date of a column without time', async () => {
  await aRule([on('birthdate', 3)]);
  await environment.create('contacts', { lastname: 'Ash', birthdate: '1990-05-06' });
  expect(await attempt('contacts', { lastname: 'Birch', birthdate: '1990-05-07' })).toBe('204');
  expect(await attempt('contacts', { lastname: 'Cedar', birthdate: '1990-05-06' })).toBe('412 0x80040333');
});

test('the same day of a column with time, and the same moment', async () => {
  const day = await aRule([on('overriddencreatedon', 3)]);
  await environment.create('contacts', { lastname: 'Ash', overriddencreatedon: '2020-02-29T23:59:59Z' });
  expect(await attempt('contacts', { lastname: 'Birch', overriddencreatedon: '2020-03-01T00:00:00Z' })).toBe('204');
  expect(await attempt('contacts', { lastname: 'Cedar', overriddencreatedon: '2020-02-29T00:00:00Z' })).toBe(
    '412 0x80040333',
  );
  await environment.call('DELETE', `duplicaterules(${day})`);
  await aRule([on('overriddencreatedon', 4)]);
  expect(await attempt('contacts', { lastname: 'Cedar', overriddencreatedon: '2020-02-29T00:00:00Z' })).toBe('204');
  expect(await attempt('contacts', { lastname: 'Elder', overriddencreatedon: '2020-02-29T00:00:00Z' })).toBe(
    '412 0x80040333',
  );
});

test('labels of choices are compared across tables, values within one', async () => {
  await aRule([on('preferredcontactmethodcode', 5)], { matchingentityname: 'account' });
  await environment.create('accounts', { name: 'Ash', preferredcontactmethodcode: 2 });
  expect(await attempt('contacts', { lastname: 'Birch', preferredcontactmethodcode: 3 })).toBe('204');
  expect(await attempt('contacts', { lastname: 'Cedar', preferredcontactmethodcode: 2 })).toBe('412 0x80040333');
});

test('an organisation that switches duplicate detection off unpublishes every rule, and publishes none', async () => {
  const rule = await aRule([on('fax', 0)]);
  expect(await statusOf(rule)).toBe(2);
  const { body } = await environment.call('GET', 'organizations?$select=organizationid');
  const organization = `organizations(${body.value[0].organizationid})`;
  await environment.call('PATCH', organization, { body: { isduplicatedetectionenabled: false } });
  expect(await statusOf(rule)).toBe(0);
  const path = `duplicaterules(${rule})/Microsoft.Dynamics.CRM.PublishDuplicateRule`;
  expect((await environment.call('POST', path, { body: {} })).refusal).toBe('400 0x80048412');
});

test('an organisation may leave creates and updates out', async () => {
  await aRule([on('fax', 0)]);
  await environment.create('contacts', { lastname: 'Ash', fax: '1' });
  const { body } = await environment.call('GET', 'organizations?$select=organizationid');
  const organization = `organizations(${body.value[0].organizationid})`;
  const off = { isduplicatedetectionenabledforonlinecreateupdate: false };
  await environment.call('PATCH', organization, { body: off });
  expect(await attempt('contacts', { lastname: 'Birch', fax: '1' })).toBe('204');
});

test('a rule that is changed has to be published anew', async () => {
  const rule = await aRule([on('fax', 0)]);
  await environment.call('PATCH', `duplicaterules(${rule})`, { body: { description: 'Another' } });
  expect(await statusOf(rule)).toBe(2);
  await environment.call('PATCH', `duplicaterules(${rule})`, { body: { iscasesensitive: true } });
  expect(await statusOf(rule)).toBe(0);
});

test('what a step writes by itself is not looked at', async () => {
  await aRule([on('fax', 0)]);
  await environment.create('contacts', { lastname: 'Ash', fax: '1' });
  environment.dataverse.registerStep({
    name: 'Plants',
    message: 'Create',
    table: 'account',
    stage: 40,
    run: async (_call, organization) => void (await organization.create('contact', { lastname: 'Birch', fax: '1' })),
  });
  expect(await attempt('accounts', { name: 'Grove' })).toBe('204');
});

test.each([
  ['characters of a date', on('birthdate', 1), '0x80048430'],
  ['the date of a text', on('fax', 3), '0x80048430'],
  ['no count of characters', on('fax', 1), '0x80040203'],
  ['no such column', on('nosuch', 0), '0x80040203'],
])('a condition is refused: %s', async (_what, condition, code) => {
  const body = { name: 'Rule', baseentityname: 'contact', DuplicateRule_DuplicateRuleConditions: [condition] };
  expect((await environment.call('POST', 'duplicaterules', { body })).refusal).toBe(`400 ${code}`);
});
