import { aPlatform, type TestPlatform } from '../../../support/a-platform.ts';

// finance-operations reference, "Change tracking" (track-changes-fin-ops-virtual-table, rowversion-change-track); pages and
// links as use-change-tracking-synchronize-data-external-systems has them.
const catalogue = 'mserp_financeandoperationsentities';
const groups = 'mserp_custcustomergroupentities';
const track = { prefer: 'odata.track-changes' };
let there: TestPlatform;

beforeAll(async () => {
  there = await aPlatform();
  await change('CustCustomerGroupEntity', { mserp_hasbeengenerated: true });
  await change('CustCustomerGroupEntity', { mserp_changetrackingenabled: true });
}, 180_000);
afterAll(() => there.close());

async function ask(name: string, wanted: object) {
  const { body } = await there.dataverse('GET', `${catalogue}?$filter=mserp_physicalname eq '${name}'`);
  return there.dataverse('PATCH', `${catalogue}(${body.value[0].mserp_financeandoperationsentityid})`, {
    body: wanted,
  });
}
async function change(name: string, wanted: object): Promise<void> {
  expect(await ask(name, wanted)).toMatchObject({ status: 204 });
  there.platform.clock.advance(1000);
  await there.quiet();
}
const isTracked = async (table: string) =>
  (await there.dataverse('GET', `EntityDefinitions(LogicalName='${table}')?$select=ChangeTrackingEnabled`)).body
    .ChangeTrackingEnabled;
const relative = (link: string) => link.slice(link.indexOf('/v9.2/') + '/v9.2/'.length);
const follow = (link: string, as?: string, headers = {}) => there.dataverse('GET', relative(link), { as, headers });
const begin = async (path: string, as?: string) =>
  (await there.dataverse('GET', path, { as, headers: track })).body['@odata.deltaLink'] as string;
const write = async (method: string, path: string, body?: object) => {
  const { status } = await there.financeOperations(method, `${path}?cross-company=true`, { body });
  expect(status).toBeLessThan(300);
};
const group = (company: string, id: string) => `CustomerGroups(dataAreaId='${company}',CustomerGroupId='${id}')`;
const insert = (company: string, id: string) =>
  write('POST', 'CustomerGroups', { dataAreaId: company, CustomerGroupId: id, Description: `Group ${id}` });
const texts = (body: { value: Record<string, unknown>[] }) => body.value.map((row) => row['mserp_description']);

describe('a copy of a virtual table', () => {
  it('ends in a delta link, and goes on with what was changed in finance and operations and what was deleted', async () => {
    await insert('usmf', 'T1');
    await insert('usmf', 'T2');
    const { body } = await there.dataverse('GET', `${groups}?$select=mserp_customergroupid,mserp_description`, {
      headers: track,
    });
    const gone = body.value.find((row: Record<string, unknown>) => row['mserp_customergroupid'] === 'T2');
    expect(texts((await follow(body['@odata.deltaLink'])).body)).toEqual([]);
    await insert('usmf', 'T3');
    await write('PATCH', group('usmf', 'T1'), { Description: 'First' });
    await write('PATCH', group('usmf', 'T1'), { Description: 'Second' });
    await write('DELETE', group('usmf', 'T2'));
    const changes = (await follow(body['@odata.deltaLink'])).body;
    expect(changes['@odata.context']).toMatch(
      /\$metadata#mserp_custcustomergroupentities\(mserp_customergroupid,mserp_description\)\/\$delta$/,
    );
    expect(changes.value).toEqual([
      expect.objectContaining({ mserp_customergroupid: 'T3', mserp_description: 'Group T3' }),
      expect.objectContaining({ mserp_customergroupid: 'T1', mserp_description: 'Second' }),
      {
        '@odata.context': expect.stringMatching(/\$metadata#mserp_custcustomergroupentities\/\$deletedEntity$/),
        id: gone.mserp_custcustomergroupentityid,
        reason: 'deleted',
      },
    ]);
    const count = body['@odata.deltaLink'].replace(groups, `${groups}/$count`).replace(/\$select=[^&]*&/, '');
    expect(String((await follow(count)).body)).toMatch(/^\uFEFF?3$/);
    // What was told is told once, and what was written through Dataverse is a change like any other.
    const id = changes.value[1].mserp_custcustomergroupentityid;
    expect(texts((await follow(changes['@odata.deltaLink'])).body)).toEqual([]);
    await there.dataverse('PATCH', `${groups}(${id})`, { body: { mserp_description: 'Third' } });
    expect(texts((await follow(changes['@odata.deltaLink'])).body)).toEqual(['Third']);
  });

  it('tells a change in pages, rows before deletions, and nothing of what happens between two pages', async () => {
    const link = await begin(`${groups}?$select=mserp_description`);
    for (const id of ['P1', 'P2', 'P3']) await insert('usmf', id);
    for (const id of ['P1', 'P2']) await write('DELETE', group('usmf', id));
    for (const id of ['P4', 'P5']) await insert('usmf', id);
    const pages: string[][] = [];
    let next: string | undefined = link;
    let last = '';
    while (next !== undefined) {
      const { body } = await follow(next, undefined, { prefer: 'odata.maxpagesize=2' });
      pages.push(body.value.map((row: Record<string, unknown>) => row['mserp_description'] ?? row['reason']));
      if (pages.length === 1) await write('PATCH', group('usmf', 'P5'), { Description: 'Later' });
      next = body['@odata.nextLink'];
      last = body['@odata.deltaLink'];
    }
    expect(pages).toEqual([
      ['Group P3', 'Group P4'],
      ['deleted', 'deleted'],
    ]);
    expect(texts((await follow(last)).body)).toEqual(['Later']);
  });

  it('is made in pages that lead to the same link', async () => {
    const first = await there.dataverse('GET', `${groups}?$select=mserp_description`, {
      headers: { prefer: 'odata.track-changes,odata.maxpagesize=2' },
    });
    await write('PATCH', group('usmf', 'T1'), { Description: 'While it was copied' });
    let { body } = first;
    while (body['@odata.nextLink'] !== undefined)
      body = (await follow(body['@odata.nextLink'], undefined, { prefer: 'odata.maxpagesize=50' })).body;
    expect(texts((await follow(body['@odata.deltaLink'])).body)).toEqual(['While it was copied']);
  });

  it('is told as the calling user: other companies and who may not read them are left out', async () => {
    const user = { email: 'service@fnoconnect.example', defaultCompany: 'usmf', companies: ['usmf'] };
    const setUser = (values: object) => there.platform.financeOperations.command('add-user', { ...user, ...values });
    await setUser({});
    const [own, all] = [await begin(groups, 'service@fnoconnect.example'), await begin(groups)];
    for (const company of ['usmf', 'demf']) await insert(company, 'C1');
    for (const company of ['usmf', 'demf']) await insert(company, 'C2');
    for (const company of ['usmf', 'demf']) await write('DELETE', group(company, 'C2'));
    const told = async (link: string, as?: string) =>
      (await follow(link, as)).body.value.map((row: Record<string, unknown>) => row['mserp_dataareaid'] ?? 'deleted');
    expect(await told(own, 'service@fnoconnect.example')).toEqual(['usmf', 'deleted']);
    expect(await told(all)).toEqual(['usmf', 'demf', 'deleted', 'deleted']);
    await setUser({ roles: ['System user'] });
    const refused = await follow(own, 'service@fnoconnect.example');
    expect([refused.status, refused.body.error.code]).toEqual([400, '0x80050263']);
    await setUser({ companies: ['usmf', 'demf'] });
  });

  it('is one request to finance and operations a page', async () => {
    const link = await begin(`${groups}?$select=mserp_description`);
    await write('PATCH', group('usmf', 'T1'), { Description: 'Again' });
    const { trace } = there.platform;
    const last = trace.since(0).at(-1)!.sequence;
    expect(texts((await follow(link)).body)).toEqual(['Again']);
    const asked = trace.since(last).filter(({ service }) => service === 'finance-operations');
    expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST /api/services/CDSVirtualEntityService/CDSVirtualEntityAdapterService/retrieveEntityChanges',
    ]);
  });

  // "changes … are returned if the last token is within the default value of 10 days, not the value … for Dataverse tables".
  it('is to be made again after ten days', async () => {
    const link = await begin(groups);
    await write('DELETE', group('usmf', 'T3'));
    there.platform.clock.advance(10 * 86_400_000 - 60_000);
    expect((await follow(link)).body.value).toHaveLength(1);
    there.platform.clock.advance(120_000);
    const { status, body } = await follow(link);
    expect([status, body.error.code]).toEqual([400, '0x80044352']);
  });
});

describe('switching it', () => {
  it('off leaves a table that is not tracked, and on again starts anew', async () => {
    const link = await begin(groups);
    await change('CustCustomerGroupEntity', { mserp_changetrackingenabled: false });
    expect(await isTracked('mserp_custcustomergroupentity')).toBe(false);
    for (const answer of [await follow(link), await there.dataverse('GET', groups, { headers: track })])
      expect([answer.status, answer.body.error.code]).toEqual([400, '0x80072491']);
    await there.platform.load();
    expect(await isTracked('mserp_custcustomergroupentity')).toBe(false);
    await change('CustCustomerGroupEntity', { mserp_changetrackingenabled: true });
    const { status, body } = await follow(link);
    expect([status, body.error.code]).toEqual([400, '0x80044352']);
    const anew = await begin(groups);
    await write('PATCH', group('usmf', 'T1'), { Description: 'Anew' });
    expect(texts((await follow(anew)).body)).toEqual(['Anew']);
  });

  it('is "Track changes" of the table too, which keeps what else was changed of it', async () => {
    const definition = "EntityDefinitions(LogicalName='mserp_custcustomergroupentity')";
    const put = async (changes: object) => {
      const { body } = await there.dataverse('GET', definition);
      return there.dataverse('PUT', definition, { body: { ...body, ...changes } });
    };
    expect((await put({ ChangeTrackingEnabled: false, IsMailMergeEnabled: { Value: false } })).status).toBe(204);
    expect(await isTracked('mserp_custcustomergroupentity')).toBe(false);
    await there.platform.load();
    expect(await isTracked('mserp_custcustomergroupentity')).toBe(false);
    expect((await put({ ChangeTrackingEnabled: true })).status).toBe(204);
    expect(await isTracked('mserp_custcustomergroupentity')).toBe(true);
    await there.platform.load();
    expect(await begin(groups)).toContain('$deltatoken=');
  });

  it('on tells of a shipped table as of any other', async () => {
    await change('CustomerParametersEntity', { mserp_changetrackingenabled: true });
    expect(await begin('mserp_customerparametersentities')).toContain('$deltatoken=');
    await change('CustomerParametersEntity', { mserp_changetrackingenabled: false });
    expect(await isTracked('mserp_customerparametersentity')).toBe(false);
  });

  // The validation rules of row version change tracking, in their words.
  it.each([
    [
      'CustCustomerV3Entity',
      "Change tracking can't be enabled since the data source table 'LogisticsPostalAddress' in finance and operations Data Entity 'CustCustomerV3Entity' has a time state enabled.",
    ],
    [
      'CustTransOpenEntity',
      "Change tracking can't be enabled since the finance and operations entity 'CustTransOpenEntity' contains Ranges.",
    ],
    [
      'CustDisputeEntity',
      "Change tracking can't be enabled since the Join Mode defined in the data source 'CustTrans' in the finance and operations entity 'CustDisputeEntity' isn't Outer Join.",
    ],
  ])('on is refused for %s', async (name, message) => {
    const answer = await ask(name, { mserp_hasbeengenerated: true, mserp_changetrackingenabled: true });
    expect([answer.status, answer.body.error.message]).toEqual([400, message]);
    const table = `mserp_${name.toLowerCase()}`;
    const definition = await there.dataverse('GET', `EntityDefinitions(LogicalName='${table}')`);
    if (definition.status === 404) return;
    const { body, status } = await there.dataverse('PUT', `EntityDefinitions(LogicalName='${table}')`, {
      body: { ...definition.body, ChangeTrackingEnabled: true },
    });
    expect([status, body.error.message]).toEqual([400, message]);
    expect(await isTracked(table)).toBe(false);
  });

  it('needs the privilege to change tables', async () => {
    const definition = "EntityDefinitions(LogicalName='mserp_custagingentity')";
    const { body } = await there.dataverse('GET', definition);
    const answer = await there.dataverse('PUT', definition, {
      body: { ...body, ChangeTrackingEnabled: true },
      as: 'service@fnoconnect.example',
    });
    expect([answer.status, answer.body.error.code]).toEqual([403, '0x80040220']);
    expect(await isTracked('mserp_custagingentity')).toBe(false);
  });

  it('ends with the link: nothing is told without it', async () => {
    const link = await begin(groups);
    await there.platform.link.act('delete');
    const { status, body } = await follow(link);
    expect([status, body.error.code]).toEqual([400, '0x80048d0b']);
  });
});
