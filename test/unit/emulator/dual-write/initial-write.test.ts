import { aPlatform, type TestPlatform } from '../../../support/a-platform.ts';

jest.setTimeout(180_000);

let there: TestPlatform;
const map = 'accounts - Customers V3';

beforeAll(async () => {
  there = await aPlatform();
}, 120_000);
afterAll(() => there.close());

interface Answer {
  readonly status: string;
  readonly run?: string;
}
const act = (verb: string, given: object = {}, name = map) =>
  there.platform.dualWrite.act(name, verb, given as Record<string, unknown>) as Promise<Answer>;
/** An initial write of hundreds of rows may take long on a busy machine. */
const quiet = async () => {
  await new Promise((soon) => setImmediate(soon));
  expect(await there.platform.work.quiet(120_000)).toBe(true);
};
const detail = (name = map) => there.platform.dualWrite.map(name);
const customer = (account: string, company = 'usmf') =>
  `CustomersV3(dataAreaId='${company}',CustomerAccount='${account}')?cross-company=true`;
const addCustomer = (account: string, more: object = {}) =>
  there.financeOperations('POST', 'CustomersV3?cross-company=true', {
    body: {
      dataAreaId: 'usmf',
      CustomerAccount: account,
      OrganizationName: account,
      CustomerGroupId: '10',
      SalesCurrencyCode: 'USD',
      ...more,
    },
  });
const accountOf = async (number: string) =>
  (await there.dataverse('GET', `accounts?$filter=accountnumber eq '${number}'`)).body.value[0];
const done = async (given: object) => {
  const answer = await act('initial-write', given);
  expect(answer.status).toBe('Initializing');
  await quiet();
  return (await detail()).runs[0]!;
};
afterEach(async () => {
  await quiet();
  if ((await detail()).status === 'Initializing') await act('skip-initial-write');
  await quiet();
});

// finance-operations reference, section 5.3 "Map states": choose a master; 5.2: 40 legal entities.
describe('an initial write', () => {
  // More than one chunk of 200.
  const made = 230;
  beforeAll(async () => {
    await act('stop');
    for (let number = 0; number < made; number++) await addCustomer(`IW-${String(number).padStart(4, '0')}`);
    const [{ accountid }] = (await there.dataverse('GET', "accounts?$filter=accountnumber eq 'US-001'")).body.value;
    await there.dataverse('PATCH', `accounts(${accountid})`, { body: { description: 'Dataverse says' } });
    await there.financeOperations('PATCH', customer('US-001'), { body: { SalesMemo: 'Finance says' } });
    const [company] = (await there.dataverse('GET', "cdm_companies?$filter=cdm_companycode eq 'usmf'")).body.value;
    const [group] = (await there.dataverse('GET', "msdyn_customergroups?$filter=msdyn_groupid eq '10'")).body.value;
    await there.dataverse('POST', 'accounts', {
      body: {
        name: 'Only in Dataverse',
        accountnumber: 'DV-1',
        customertypecode: 3,
        'msdyn_company@odata.bind': `cdm_companies(${company.cdm_companyid})`,
        'msdyn_customergroupid@odata.bind': `msdyn_customergroups(${group.msdyn_customergroupid})`,
        'transactioncurrencyid@odata.bind': "transactioncurrencies(isocurrencycode='USD')",
      },
    });
  }, 120_000);

  test('copies both ways, keeps the values of the master, counts by legal entity, and ends Running', async () => {
    const run = await done({ master: 'finance-operations' });
    expect(run).toMatchObject({ status: 'Completed', errors: [] });
    expect(run.counts['finance-operations']!['usmf']).toMatchObject({ created: made, failed: 0 });
    expect(run.counts['finance-operations']!['usmf']!.updated).toBeGreaterThan(0);
    expect(run.counts['dataverse']!['usmf']).toMatchObject({ created: 1 });
    expect(run.plan.expected['usmf']).toBe(made + run.counts['finance-operations']!['usmf']!.updated);
    expect((await detail()).status).toBe('Running');
    expect((await accountOf('US-001')).description).toBe('Finance says');
    expect(await accountOf('IW-0229')).toMatchObject({ name: 'IW-0229', customertypecode: 3 });
    expect((await there.financeOperations('GET', customer('DV-1'))).body.OrganizationName).toBe('Only in Dataverse');
  });

  test('asks finance and operations a page at a time, on the way back too', async () => {
    await act('stop');
    const before = there.platform.trace.since(0).at(-1)!.sequence;
    const run = await done({ master: 'finance-operations', legalEntities: ['usmf'] });
    expect(run.counts['finance-operations']!['usmf']!.updated).toBeGreaterThan(made);
    const asked = there.platform.trace.since(before).filter(({ service }) => service === 'finance-operations');
    // The legal entities, a count, two pages of 200 one way, and two the other way, asked about 100 keys at a time.
    expect(asked.map(({ method }) => method)).toEqual(Array(7).fill('GET'));
  });

  test('has Dataverse for its master unless it is said otherwise', async () => {
    await act('stop');
    await there.dataverse('PATCH', `accounts(${(await accountOf('US-001')).accountid})`, {
      body: { description: 'Mine' },
    });
    const run = await done({});
    expect(run.plan.master).toBe('dataverse');
    expect((await there.financeOperations('GET', customer('US-001'))).body.SalesMemo).toBe('Mine');
  });

  test('takes the legal entities that are named', async () => {
    const run = await done({ master: 'finance-operations', legalEntities: ['demf'] });
    expect(Object.keys(run.counts['finance-operations']!)).toEqual(['demf']);
  });

  test.each([
    [{ legalEntities: ['nope'] }, /not enabled/],
    [{ legalEntities: [] }, /list of company codes/],
    [{ master: 'me' }, /master is/],
    [{ version: '8.8.8.8' }, /no table map/],
  ])('refuses %j, and the map goes on as it was', async (given, message) => {
    await expect(act('initial-write', given)).rejects.toThrow(message);
    expect((await detail()).status).toBe('Running');
  });

  test('takes 40 legal entities and no more', async () => {
    for (let number = 0; number < 40; number++)
      await there.dataverse('POST', 'cdm_companies', {
        body: {
          cdm_companycode: `c${String(number).padStart(3, '0')}`,
          cdm_name: 'One of many',
          cdm_isenabledfordualwrite: true,
        },
      });
    await expect(act('initial-write', {})).rejects.toMatchObject({ wire: { code: 'TooManyLegalEntities' } });
    const run = await done({
      legalEntities: Array.from({ length: 40 }, (_one, index) => `c${String(index).padStart(3, '0')}`),
    });
    expect(run.status).toBe('Completed');
  });

  test('queues what is changed meanwhile, and writes it at the end', async () => {
    await act('initial-write', { master: 'finance-operations', legalEntities: ['usmf'] });
    const { accountid } = await accountOf('IW-0001');
    const saved = await there.dataverse('PATCH', `accounts(${accountid})`, { body: { description: 'Meanwhile' } });
    expect(saved.status).toBe(204);
    await quiet();
    expect((await detail()).status).toBe('Running');
    expect((await there.financeOperations('GET', customer('IW-0001'))).body.SalesMemo).toBe('Meanwhile');
  });

  describe('with rows that cannot be written', () => {
    let stop: () => void;
    beforeEach(() => {
      stop = there.platform.dataverse.registerStep({
        name: 'Contoso.Refuse',
        message: 'Update',
        table: 'account',
        stage: 20,
        run: async ({ before }) => {
          if (before?.['accountnumber'] === 'IW-0007') throw new Error('Not this one.');
        },
      });
    });
    afterEach(() => stop());

    test('counts and names them, writes the others, and waits for Re-run', async () => {
      const run = await done({ master: 'finance-operations', legalEntities: ['usmf'] });
      expect(run.status).toBe('Completed with errors');
      expect(run.errors).toMatchObject([{ from: 'finance-operations', legalEntity: 'usmf', key: 'usmf|IW-0007' }]);
      expect(run.errors[0]!.message).toContain('response message: ');
      expect((await detail()).status).toBe('Initializing');
      stop();
      await act('re-run');
      await quiet();
      expect((await detail()).status).toBe('Running');
      expect((await detail()).runs[0]).toMatchObject({ status: 'Completed', errors: [] });
    });

    test('can be run again without them', async () => {
      await done({ master: 'finance-operations', legalEntities: ['usmf'] });
      await act('re-run', { withoutErrors: true });
      await quiet();
      expect((await detail()).status).toBe('Running');
    });

    test('can be skipped', async () => {
      await done({ master: 'finance-operations', legalEntities: ['usmf'] });
      await act('skip-initial-write');
      await quiet();
      expect((await detail()).status).toBe('Running');
    });
  });
});
