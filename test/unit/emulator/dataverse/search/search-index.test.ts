import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../../../../emulator/storage/index.ts';
import { aDataverse, customerService, type TestDataverse } from '../../../../support/a-dataverse.ts';
import { aColumn, anExtension, anOptionSet, aTable, aView } from '../../../../support/solution-builder.ts';
import { searching } from './searching.ts';

let platform: TestDataverse;
let find: ReturnType<typeof searching>['find'];
let changeView: ReturnType<typeof searching>['changeView'];
beforeAll(async () => {
  const ripeness = `<AppDefaultValue>472190000</AppDefaultValue>${anOptionSet('ora_ripeness', { 472190000: 'Green', 472190001: 'Scarlet' }, false)}`;
  platform = await aDataverse(
    [anExtension('Account', { columns: aColumn('ora_Ripeness', { type: 'picklist', more: ripeness }) })],
    { firstParty: customerService },
  );
  ({ find, changeView } = searching(platform));
});
afterAll(() => platform.close());

const addFind = (column: string) => (fetchxml: string) =>
  fetchxml.replace(/(isquickfindfields="1">)/, `$1<condition attribute="${column}" operator="like" value="{0}" />`);

test('a search sees what was created, changed and deleted before it', async () => {
  const id = await platform.create('accounts', { name: 'Birch' });
  expect(await find('birch')).toEqual(['Birch']);
  await platform.call('PATCH', `accounts(${id})`, { body: { name: 'Cedar', description: 'x' } });
  expect([await find('birch'), await find('cedar')]).toEqual([[], ['Cedar']]);
  await platform.call('DELETE', `accounts(${id})`);
  expect(await find('cedar')).toEqual([]);
  expect(platform.database.table('select count(*) from "search:stale"')).toEqual([[0]]);
});

test('what is undone is not found', async () => {
  const writing = platform.database.transaction(async () => {
    await platform.dataverse.organization.create('account', { name: 'Undone' });
    throw new Error('no');
  });
  await expect(writing).rejects.toThrow('no');
  expect(await find('undone')).toEqual([]);
});

test('inside a change set a search sees what the set wrote', async () => {
  await expect(
    platform.database.transaction(async () => {
      await platform.dataverse.organization.create('account', { name: 'Halfway' });
      expect(await find('halfway')).toEqual(['Halfway']);
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
  expect(await find('halfway')).toEqual([]);
});

test('the name of a row a lookup points at is found where it is shown, and follows its changes', async () => {
  await changeView('account', addFind('primarycontactid'));
  const contact = await platform.create('contacts', { firstname: 'Wilhelmina', lastname: 'Oak' });
  await platform.create('accounts', { name: 'Grove', 'primarycontactid@odata.bind': `/contacts(${contact})` });
  expect(await find('wilhelmina', { entities: '[{"name":"account","searchcolumns":["primarycontactid"]}]' })).toEqual([
    'Grove',
  ]);
  await platform.call('PATCH', `contacts(${contact})`, { body: { firstname: 'Thusnelda' } });
  const both = [...(await find('thusnelda'))].sort();
  expect(both).toEqual(['Grove', 'Thusnelda Oak']);
  expect(await find('wilhelmina')).toEqual([]);
});

test('choices are found by their labels, once they are among the find columns', async () => {
  await platform.create('accounts', { name: 'Rowan', ora_ripeness: 472190001 });
  expect(await find('scarlet')).toEqual([]);
  await changeView('account', addFind('ora_ripeness'));
  expect(await find('scarlet')).toEqual(['Rowan']);
  const option = {
    EntityLogicalName: 'account',
    AttributeLogicalName: 'ora_ripeness',
    Value: 472190001,
    MergeLabels: true,
  };
  const label = { LocalizedLabels: [{ Label: 'Vermilion', LanguageCode: 1033 }] };
  const { status } = await platform.call('POST', 'UpdateOptionValue', { body: { ...option, Label: label } });
  expect(status).toBe(204);
  expect([await find('scarlet'), await find('vermilion')]).toEqual([[], ['Rowan']]);
});

test('rows the filter of the view leaves out are not found', async () => {
  const id = await platform.create('accounts', { name: 'Willow' });
  expect(await find('willow')).toEqual(['Willow']);
  await platform.call('PATCH', `accounts(${id})`, { body: { statecode: 1, statuscode: 2 } });
  expect(await find('willow')).toEqual([]);
  await changeView('account', (fetchxml) => fetchxml.replace(/<filter type="and">.*?<\/filter>/s, ''));
  expect(await find('willow')).toEqual(['Willow']);
});

test('columns without text, owners and lookups to several tables are passed over', async () => {
  await changeView('contact', (fetchxml) =>
    ['ownerid', 'parentcustomerid', 'creditlimit', 'createdon'].reduce((text, name) => addFind(name)(text), fetchxml),
  );
  await platform.create('contacts', { lastname: 'Hazel', creditlimit: 4711 });
  expect(await find('hazel')).toEqual(['Hazel']);
  expect([await find('4711'), await find('system')]).toEqual([[], []]);
});

test('HTML is found, and answered, without its tags', async () => {
  await changeView('account', addFind('description'));
  await platform.create('accounts', {
    name: 'Elm',
    description: '<p class="tall">An <b>ancient</b> tree<!-- hidden --></p>',
  });
  expect(await find('ancient + tree')).toEqual(['Elm']);
  expect([await find('tall'), await find('hidden')]).toEqual([[], []]);
});

test('a table that is switched on is searched from then on, and no longer when it is switched off', async () => {
  await platform.create('teams', { name: 'Foresters', 'businessunitid@odata.bind': `/businessunits(${await unit()})` });
  expect(await find('foresters')).toEqual([]);
  const toggle = async (on: boolean) => {
    const { body } = await platform.call('GET', "EntityDefinitions(LogicalName='team')");
    const { status, text } = await platform.call('PUT', "EntityDefinitions(LogicalName='team')", {
      body: { ...body, SyncToExternalSearchIndex: on },
      headers: { 'mscrm.mergelabels': 'true' },
    });
    if (status !== 204) throw new Error(text);
  };
  await toggle(true);
  expect(await find('foresters')).toEqual(['Foresters']);
  await toggle(false);
  expect(await find('foresters')).toEqual([]);
  expect(platform.database.table(`select 1 from sqlite_master where name like 'search:team%'`)).toEqual([]);
});

const unit = async () =>
  (await platform.call('GET', 'businessunits?$select=businessunitid')).body.value[0].businessunitid;

test('a find column may be deleted from a table that is searched', async () => {
  expect(await find('vermilion')).toEqual(['Rowan']);
  await changeView('account', (fetchxml) => fetchxml.replace(/<condition attribute="ora_ripeness"[^>]*>/, ''));
  const path = "EntityDefinitions(LogicalName='account')/Attributes(LogicalName='ora_ripeness')";
  expect((await platform.call('DELETE', path)).refusal).toBe('204');
  expect([await find('vermilion'), await find('rowan')]).toEqual([[], ['Rowan']]);
});

test('a custom table is searched when its package says so and brings a quick-find view', async () => {
  const find1 =
    '<filter type="or" isquickfindfields="1"><condition attribute="ora_name" operator="like" value="{0}" /></filter>';
  const view = aView(
    'b0000000-0000-4000-8000-000000000001',
    `<entity name="ora_meadow">${find1}</entity>`,
    'Quick Find',
  ).replace('<querytype>0', '<isdefault>1</isdefault><querytype>4');
  const meadow = (entity: string, views = view) => aTable('ora_Meadow', { setName: 'ora_meadows', entity, views });
  const tracked = '<ChangeTrackingEnabled>1</ChangeTrackingEnabled>';
  const entities = '[{"name":"ora_meadow"}]';
  const refused = "'ora_meadow' is not enabled";
  await platform.import([meadow(tracked)]);
  await platform.create('ora_meadows', { ora_name: 'Cowslip' });
  expect(await find('cowslip', { entities })).toContain(refused);
  await platform.import([meadow('<SyncToExternalSearchIndex>1</SyncToExternalSearchIndex>')]);
  expect(await find('cowslip', { entities })).toEqual([undefined]);
});

test('rows of a package, and of before the first search, are found', async () => {
  const fresh = await aDataverse([], { firstParty: customerService });
  for (let at = 0; at < 1100; at += 1) await fresh.dataverse.organization.create('account', { name: `Row ${at}` });
  const { ask } = searching(fresh);
  expect(fresh.database.table(`select count(*) from sqlite_master where type = 'trigger'`)).toEqual([[0]]);
  expect((await ask('query', { search: 'row', count: true })).Count).toBe(1100);
  expect((await ask('query', { search: '1099' })).Value).toHaveLength(1);
  fresh.close();
});

test('an index outlives the process, and so does what it has not yet read', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'search-'));
  const file = join(folder, 'store.db');
  const before = await aDataverse([], { database: openDatabase(file) });
  await before.create('accounts', { name: 'Indexed' });
  expect(await searching(before).find('indexed')).toEqual(['Indexed']);
  await before.create('accounts', { name: 'Noted' });
  const numbers = before.database.table('select number, id from "search:account" order by number');
  before.close();
  const after = await aDataverse([], { database: openDatabase(file) });
  expect([await searching(after).find('indexed'), await searching(after).find('noted')]).toEqual([
    ['Indexed'],
    ['Noted'],
  ]);
  expect(after.database.table('select number, id from "search:account" order by number').slice(0, 1)).toEqual(numbers);
  after.close();
  rmSync(folder, { recursive: true });
});
