import { aDataverse, type TestDataverse } from '../../../../support/a-dataverse.ts';
import { searching } from './searching.ts';

let platform: TestDataverse;
beforeEach(async () => void (platform = await aDataverse()));
afterEach(() => platform.close());

const read = async (name: string) => JSON.parse((await platform.call('GET', name)).body.response).value;

test('the status names what is searched, and under which fields', async () => {
  const { entitystatusresults, ...state } = await read('searchstatus');
  expect(state).toEqual({ status: 'provisioned', lockboxstatus: 'Disabled', cmkstatus: 'Disabled' });
  expect(entitystatusresults.map((one: Record<string, string>) => one['entitylogicalname'])).toEqual([
    'account',
    'contact',
  ]);
  expect(entitystatusresults[0]).toMatchObject({
    objecttypecode: 1,
    primarynamefield: 'name',
    entitystatus: 'EntitySyncComplete',
    lastdatasynctimestamp: expect.stringMatching(/^\d+!01\/02\/2026 03:04:05$/),
    searchableindexedfieldinfomap: {
      accountid: { indexfieldname: 'a_0' },
      name: { indexfieldname: 'd_0' },
      ownerid: { indexfieldname: 'b_0' },
      address1_city: { indexfieldname: expect.stringMatching(/^a[0-9a-z]{2}$/) },
    },
  });
  const fields = entitystatusresults.flatMap((one: { searchableindexedfieldinfomap: object }) =>
    Object.values(one.searchableindexedfieldinfomap).flatMap(({ indexfieldname }) =>
      /_/.test(indexfieldname) ? [] : [indexfieldname],
    ),
  );
  expect(new Set(fields).size).toBe(fields.length);
});

test('statistics count the documents and their bytes', async () => {
  expect(await read('searchstatistics')).toMatchObject({ documentcount: 0 });
  await platform.create('accounts', { name: 'Contoso' });
  await platform.create('contacts', { lastname: 'Maple' });
  const { documentcount, storagesizeinbytes, storagesizeinmb } = await read('searchstatistics');
  expect([documentcount, storagesizeinmb]).toEqual([2, 0]);
  expect(storagesizeinbytes).toBeGreaterThan(0);
});

test('an organisation that switches search off is searched no more, until it is switched on', async () => {
  const { body } = await platform.call('GET', 'organizations?$select=isexternalsearchindexenabled');
  const [{ organizationid, isexternalsearchindexenabled }] = body.value;
  expect(isexternalsearchindexenabled).toBe(true);
  await platform.create('accounts', { name: 'Contoso' });
  const { ask, find, native } = searching(platform);
  expect(await find('contoso')).toEqual(['Contoso']);
  const turn = (on: boolean) =>
    platform.call('PATCH', `organizations(${organizationid})`, { body: { isexternalsearchindexenabled: on } });
  await turn(false);
  const refused = '400 0x80048d0b Dataverse Search feature is disabled for this organization.';
  expect(await ask('query', { search: 'contoso' })).toBe(refused);
  expect(await ask('suggest', { search: 'contoso' })).toBe(refused);
  expect(await ask('autocomplete', { search: 'contoso' })).toBe(refused);
  expect((await native('POST', 'v1.0/query', { search: 'contoso' })).refusal).toBe('400 0x80048d0b');
  expect(await read('searchstatus')).toEqual({ status: 'notprovisioned', lockboxstatus: 'Unknown' });
  expect(await read('searchstatistics')).toEqual({ storagesizeinbytes: 0, storagesizeinmb: 0, documentcount: 0 });
  await platform.create('accounts', { name: 'Contoso two' });
  await turn(true);
  expect([...(await find('contoso'))].sort()).toEqual(['Contoso', 'Contoso two']);
});
