import { limits } from '../../../../emulator/dual-write/limits.ts';
import { aPlatform, type TestPlatform } from '../../../support/a-platform.ts';

let there: TestPlatform;
beforeAll(async () => {
  there = await aPlatform();
}, 120_000);
afterAll(() => there.close());
afterEach(() => {
  there.platform.faultRules.remove();
});

const accountMap = 'accounts - Customers V3';
const customer = (account: string) => `CustomersV3(dataAreaId='usmf',CustomerAccount='${account}')?cross-company=true`;
const customerRow = async (account: string) => (await there.financeOperations('GET', customer(account))).body;
const accounts = async (filter: string) =>
  (await there.dataverse('GET', `accounts?$filter=${encodeURIComponent(filter)}`)).body.value;
const accountOf = async (number: string) => (await accounts(`accountnumber eq '${number}'`))[0];
const patchAccount = async (number: string, body: object) =>
  there.dataverse('PATCH', `accounts(${(await accountOf(number)).accountid})`, { body });
const errors = async () => {
  await there.quiet();
  return (await there.platform.dualWrite.map(accountMap)).errors;
};

// finance-operations reference, section 5.1 "Architecture".
describe('a save in Dataverse', () => {
  test('is in finance and operations when it is answered', async () => {
    expect((await patchAccount('US-001', { creditlimit: 4321 })).status).toBe(204);
    expect((await customerRow('US-001')).CreditLimit).toBe(4321);
  });

  test('sends all mapped columns as soon as one of them is in the request, and none otherwise', async () => {
    const before = there.platform.trace.since(0).at(-1)!.sequence;
    await patchAccount('US-001', { accountcategorycode: 1 });
    const sent = () => there.platform.trace.since(before).filter(({ method }) => method === 'PATCH');
    expect(sent().filter(({ service }) => service === 'finance-operations')).toEqual([]);
    await patchAccount('US-001', { creditlimit: 4322 });
    expect(sent().filter(({ service }) => service === 'finance-operations')).toHaveLength(1);
  });

  test('fails with the words of finance and operations, and nothing of it stays on either side', async () => {
    await there.platform.financeOperations.command('refuse-credit-limit', {
      company: 'usmf',
      customerAccount: 'US-002',
    });
    const before = await accountOf('US-002');
    const { status, body } = await patchAccount('US-002', { creditlimit: 99_999, description: 'half' });
    expect([status, body.error.code]).toEqual([400, '0x80040265']);
    expect(JSON.parse(body.error.message).RecordError0).toMatch(/^Write failed for entity Customers V3 with unknown/);
    expect(await accountOf('US-002')).toEqual(before);
    expect((await customerRow('US-002')).SalesMemo).not.toBe('half');
    expect(await errors()).toMatchObject([{ type: 'Application error', from: 'dataverse', key: 'usmf|US-002' }]);
  });

  test('fails when finance and operations does not answer', async () => {
    there.platform.faultRules.add({
      id: 'down',
      where: 'finance-operations',
      match: { method: 'PATCH' },
      effect: { drop: true },
      when: 'before',
      times: 1,
    });
    const { status, body } = await patchAccount('US-001', { creditlimit: 1 });
    expect(status).toBe(500);
    expect(body.error.message).toMatch(
      /\(ErrorType = ClientError\).*PostCommitPlugin.*failed to process entity account/,
    );
    expect((await errors())[0]).toMatchObject({ type: 'System error' });
  });

  // Section 5.2 "Live-sync limits".
  test('is undone on both sides when it takes longer than two minutes', async () => {
    const { clock, faultRules } = there.platform;
    const before = (await customerRow('US-001')).CreditLimit;
    faultRules.add({
      id: 'slow',
      where: 'finance-operations',
      match: { method: 'PATCH' },
      effect: { delayMs: limits.transactionMs + 1000 },
      when: 'after',
      times: 1,
    });
    const saving = patchAccount('US-001', { creditlimit: 777 });
    const waiting = setInterval(() => clock.advance(limits.transactionMs), 5);
    const { status, body } = await saving;
    clearInterval(waiting);
    expect([status, body.error.message.includes('The operation has timed out')]).toEqual([500, true]);
    expect((await customerRow('US-001')).CreditLimit).toBe(before);
  });

  test('that deletes the row deletes it there', async () => {
    await there.financeOperations('POST', 'CustomersV3?cross-company=true', {
      body: {
        dataAreaId: 'usmf',
        CustomerAccount: 'US-950',
        OrganizationName: 'Gone soon',
        CustomerGroupId: '10',
        SalesCurrencyCode: 'USD',
      },
    });
    const { accountid } = await accountOf('US-950');
    expect((await there.dataverse('DELETE', `accounts(${accountid})`)).status).toBe(204);
    expect((await there.financeOperations('GET', customer('US-950'))).status).toBe(404);
  });

  // Section 5.6: only rows with a company take part; 5.7: customertypecode eq 3.
  test('of an account without a company, or of another relationship type, stays in Dataverse', async () => {
    const count = async () =>
      (await there.financeOperations('GET', 'CustomersV3?cross-company=true')).body.value.length;
    const before = await count();
    for (const body of [
      { name: 'No company', accountnumber: 'US-960', customertypecode: 3 },
      { name: 'A supplier', accountnumber: 'US-961', customertypecode: 10 },
    ])
      expect((await there.dataverse('POST', 'accounts', { body })).status).toBe(204);
    expect(await count()).toBe(before);
  });

  test('never comes back to where it came from', async () => {
    const heard: string[] = [];
    const stop = there.platform.dataverse.registerStep({
      name: 'Heard',
      message: 'Update',
      table: 'account',
      stage: 40,
      run: async () => void heard.push('account'),
    });
    await patchAccount('US-001', { creditlimit: 5150 });
    stop();
    expect(heard).toEqual(['account']);
  });
});

describe('a transaction of finance and operations', () => {
  test('is in Dataverse when it is answered, owned by the team of its company', async () => {
    const body = {
      dataAreaId: 'usmf',
      CustomerAccount: 'US-970',
      OrganizationName: 'Born there',
      CustomerGroupId: '10',
      SalesCurrencyCode: 'USD',
    };
    expect((await there.financeOperations('POST', 'CustomersV3?cross-company=true', { body })).status).toBe(201);
    const row = await accountOf('US-970');
    expect(row).toMatchObject({ name: 'Born there', customertypecode: 3 });
    const { value } = (await there.dataverse('GET', `teams?$filter=teamid eq ${row._owningteam_value}`)).body;
    expect(value[0].name).toBe('usmf Dual Write');
  });

  // Section 5.1: all tracked record changes of one transaction are one batch; any failure rolls the whole back.
  test('goes as one batch: when one row cannot be written, none is, on either side', async () => {
    const { PartyNumber } = await customerRow('US-001');
    const second = {
      dataAreaId: 'usmf',
      CustomerAccount: 'US-971',
      PartyNumber,
      CustomerGroupId: '10',
      SalesCurrencyCode: 'USD',
    };
    expect((await there.financeOperations('POST', 'CustomersV3?cross-company=true', { body: second })).status).toBe(
      201,
    );
    const names = async () => [
      (await customerRow('US-001')).OrganizationName,
      (await customerRow('US-971')).OrganizationName,
      (await accountOf('US-001')).name,
      (await accountOf('US-971')).name,
    ];
    const rename = (OrganizationName: string) =>
      there.financeOperations('PATCH', customer('US-001'), { body: { OrganizationName } });
    await rename('Both of them');
    expect(await names()).toEqual(['Both of them', 'Both of them', 'Both of them', 'Both of them']);
    const takeAway = there.platform.dataverse.registerStep({
      name: 'Contoso.Refuse',
      message: 'Update',
      table: 'account',
      stage: 20,
      run: async ({ before }) => {
        if (before?.['accountnumber'] === 'US-971') throw new Error('Not this one.');
      },
    });
    const { status, body } = await rename('One of them');
    takeAway();
    expect(status).toBe(400);
    expect(body.error.innererror.message).toContain(
      'Cannot save the changes to the database. Unit of Work can not commit transaction. Unable to write data to entity accounts. Writes to CustCustomerV3Entity failed with error message Request failed with status code BadRequest and CDS error code : 0x80040265 response message: ',
    );
    expect(await names()).toEqual(['Both of them', 'Both of them', 'Both of them', 'Both of them']);
  });

  test('is the whole of a change set: a row changed twice is told once, one that is refused undoes all', async () => {
    const changeSet = (changes: readonly (readonly [account: string, body: object])[]) => {
      const parts = changes.map(
        ([account, body], index) =>
          `--c\r\nContent-Type: application/http\r\nContent-ID: ${index}\r\n\r\nPATCH /data/${customer(account)} HTTP/1.1\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(body)}\r\n`,
      );
      const body = `--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n${parts.join('')}--c--\r\n--b--\r\n`;
      return there.financeOperations('POST', '$batch', {
        body,
        headers: { 'content-type': 'multipart/mixed; boundary=b' },
      });
    };
    const limits = async () => [(await accountOf('US-001')).creditlimit, (await accountOf('US-970')).creditlimit];
    const heard: unknown[] = [];
    const stop = there.platform.dataverse.registerStep({
      name: 'Contoso.Refuse',
      message: 'Update',
      table: 'account',
      stage: 20,
      run: async ({ before, target }) => {
        heard.push(before?.['accountnumber']);
        if (Number(target?.['creditlimit']) > 9_000) throw new Error('Not as much.');
      },
    });
    const both = await changeSet([
      ['US-001', { CreditLimit: 8_001 }],
      ['US-970', { CreditLimit: 8_002 }],
      ['US-001', { CreditLimit: 8_003 }],
    ]);
    expect(both.body.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 204', 'HTTP/1.1 204', 'HTTP/1.1 204']);
    expect(heard).toEqual(['US-001', 'US-970']);
    const refused = await changeSet([
      ['US-001', { CreditLimit: 8_500 }],
      ['US-970', { CreditLimit: 9_500 }],
    ]);
    stop();
    expect(refused.body.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 400']);
    expect(refused.body).toContain('Unit of Work can not commit transaction');
    expect(await limits()).toEqual([8_003, 8_002]);
    expect((await customerRow('US-001')).CreditLimit).toBe(8_003);
  });

  // Section 5.10: "Unable to lookup … with values {…}".
  test('names the lookup that is not there', async () => {
    await there.platform.dualWrite.act('msdyn_customergroups - Customer groups', 'stop', {});
    await there.financeOperations('POST', 'CustomerGroups?cross-company=true', {
      body: { dataAreaId: 'usmf', CustomerGroupId: '77', Description: 'Only here' },
    });
    const { status, body } = await there.financeOperations('PATCH', customer('US-001'), {
      body: { CustomerGroupId: '77' },
    });
    await there.platform.dualWrite.act('msdyn_customergroups - Customer groups', 'start', {});
    expect(status).toBe(400);
    expect(body.error.innererror.message).toContain('Unable to write data to entity accounts');
    expect(body.error.innererror.message).toContain('Unable to lookup msdyn_customergroups with values {77}.');
    expect((await customerRow('US-001')).CustomerGroupId).not.toBe('77');
  });

  test('of a company that is not enabled stays where it is', async () => {
    const [company] = (await there.dataverse('GET', "cdm_companies?$filter=cdm_companycode eq 'demf'")).body.value;
    const path = `cdm_companies(${company.cdm_companyid})`;
    await there.dataverse('PATCH', path, { body: { cdm_isenabledfordualwrite: false } });
    const body = {
      dataAreaId: 'demf',
      CustomerAccount: 'DE-970',
      OrganizationName: 'Nur dort',
      CustomerGroupId: '10',
      SalesCurrencyCode: 'EUR',
    };
    expect((await there.financeOperations('POST', 'CustomersV3?cross-company=true', { body })).status).toBe(201);
    expect(await accountOf('DE-970')).toBeUndefined();
    await there.dataverse('PATCH', path, { body: { cdm_isenabledfordualwrite: true } });
  });
});

// finance-operations reference, section 5.6 "Integration keys and company".
describe('a company that is enabled', () => {
  test('gets a business unit, a team there, and that team as default owner, which it keeps', async () => {
    const body = { cdm_companycode: 'frmf', cdm_name: 'Contoso France', cdm_isenabledfordualwrite: true };
    expect((await there.dataverse('POST', 'cdm_companies', { body })).status).toBe(204);
    const query =
      "cdm_companies?$filter=cdm_companycode eq 'frmf'&$expand=cdm_defaultowningteam($select=name,_businessunitid_value)";
    const [company] = (await there.dataverse('GET', query)).body.value;
    expect(company.cdm_defaultowningteam.name).toBe('frmf Dual Write');
    const unit = company.cdm_defaultowningteam._businessunitid_value;
    expect((await there.dataverse('GET', `businessunits(${unit})`)).body.name).toBe('frmf');
    const cleared = await there.dataverse('PATCH', `cdm_companies(${company.cdm_companyid})`, {
      body: { 'cdm_defaultowningteam@odata.bind': null },
    });
    expect(cleared.status).toBe(400);
    const legalEntity = await there.financeOperations('GET', "LegalEntities('frmf')");
    expect(legalEntity.body.Name).toBe('Contoso France');
  });
});
