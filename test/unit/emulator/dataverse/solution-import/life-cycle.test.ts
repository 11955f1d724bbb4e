import { stableId } from '../../../../../emulator/dataverse/metadata/stable-id.ts';
import { aDataverse, type TestDataverse } from '../../../../support/a-dataverse.ts';
import {
  aColumn,
  aConnectionReference,
  aLookup,
  anEnvironmentVariable,
  anExtension,
  aRelationship,
  aTable,
  aWebResource,
  zipped,
  type Part,
  type SolutionOptions,
} from '../../../../support/solution-builder.ts';

let platform: TestDataverse;
beforeEach(async () => void (platform = await aDataverse()));
afterEach(() => platform.close());

const managed = { managed: '1' } as const;
const v2 = { ...managed, version: '2.0.0.0' } as const;
const base64 = async (parts: readonly Part[], options: SolutionOptions = {}) =>
  (await zipped(parts, options)).toString('base64');
const post = (name: string, body: object) => platform.call('POST', name, { body });
const install = async (parts: readonly Part[], options: SolutionOptions = managed, more: object = {}) =>
  post('ImportSolution', { CustomizationFile: await base64(parts, options), ...more });
const solution = async (name: string) =>
  (await platform.call('GET', `solutions?$filter=uniquename eq '${name}'`)).body.value[0];
const remove = async (name: string) => platform.call('DELETE', `solutions(${(await solution(name)).solutionid})`);
const status = async (path: string) => (await platform.call('GET', path)).status;
const resources = async () =>
  (await platform.call('GET', "webresourceset?$filter=startswith(name,'ora_')&$orderby=name")).body.value.map(
    (row: { name: string }) => row.name,
  );

const pear = aTable('ora_Pear', { columns: aColumn('ora_Colour') });
const script = (name: string, content = '1') => aWebResource(name, { content, id: stableId('webresource', name) });

describe('uninstalling', () => {
  test('a managed solution takes its tables, rows and components along', async () => {
    await install([pear, script('ora_/pear.js')]);
    await platform.create('ora_pears', { ora_name: 'Conference' });
    expect((await remove('Orchard')).status).toBe(204);
    expect(await status('ora_pears')).toBe(404);
    expect(await resources()).toEqual([]);
    expect(await solution('Orchard')).toBeUndefined();
    const left = platform.database.all(`select name from sqlite_master where name like 'ora_%'`);
    expect(left).toEqual([]);
  });

  test('a column of somebody else’s table goes, and the table and its rows stay', async () => {
    await install([anExtension('Account', { columns: aColumn('ora_Score') })]);
    const id = await platform.create('accounts', { name: 'Contoso', ora_score: 'high' });
    expect((await remove('Orchard')).status).toBe(204);
    const { body } = await platform.call('GET', `accounts(${id})`);
    expect(body.name).toBe('Contoso');
    expect(body).not.toHaveProperty('ora_score');
    expect(await status("EntityDefinitions(LogicalName='account')/Attributes(LogicalName='ora_score')")).toBe(404);
  });

  test('what another solution holds too stays, as that solution has it', async () => {
    await install([script('ora_/shared.js', 'lower')]);
    await install([script('ora_/shared.js', 'upper')], { ...managed, name: 'Fence' });
    expect((await remove('Fence')).status).toBe(204);
    const { body } = await platform.call('GET', "webresourceset?$filter=name eq 'ora_/shared.js'");
    expect(Buffer.from(body.value[0].content, 'base64').toString()).toBe('lower');
  });

  test('is refused while another solution points at one of its tables, and loses nothing', async () => {
    await install([pear]);
    const basket = [
      aTable('ora_Basket', { columns: aLookup('ora_Pear') }),
      aRelationship('ora_pear_basket', { from: 'ora_Basket', column: 'ora_Pear', to: 'ora_Pear' }),
    ];
    await install(basket, { ...managed, name: 'Baskets' });
    const id = await platform.create('ora_pears', { ora_name: 'Conference' });
    const answer = await remove('Orchard');
    expect(answer.refusal).toBe('400 0x8004F01D');
    expect(answer.text).toContain('Solution dependencies exist, cannot uninstall.');
    expect(await status(`ora_pears(${id})`)).toBe(200);
    expect((await remove('Baskets')).status).toBe(204);
    expect((await remove('Orchard')).status).toBe(204);
  });

  test('is refused while the manifest of another says that it needs a component', async () => {
    await install([script('ora_/pear.js')]);
    const needs = `<MissingDependency><Required type="61" schemaName="ora_/pear.js" displayName="pear" solution="Orchard (1.0)" /><Dependent type="1" schemaName="ora_basket" displayName="Basket" /></MissingDependency>`;
    await install([aTable('ora_Basket')], { ...managed, name: 'Baskets', dependencies: needs });
    const answer = await remove('Orchard');
    expect(answer.refusal).toBe('400 0x8004F01D');
    expect(answer.text).toContain("is needed by the solution 'Baskets'");
  });

  test('an unmanaged solution leaves everything but itself', async () => {
    await install([pear, script('ora_/pear.js')], {});
    const id = await platform.create('ora_pears', { ora_name: 'Conference' });
    expect((await remove('Orchard')).status).toBe(204);
    expect(await solution('Orchard')).toBeUndefined();
    expect(await status(`ora_pears(${id})`)).toBe(200);
    expect(await resources()).toEqual(['ora_/pear.js']);
    expect((await post('ExportSolution', { SolutionName: 'Orchard' })).status).toBe(404);
    expect((await post('ExportSolution', { SolutionName: 'Active' })).status).toBe(404);
  });

  test('a managed solution does not take over what an unmanaged one left behind', async () => {
    await install([script('ora_/pear.js')], {});
    await remove('Orchard');
    const answer = await install([script('ora_/pear.js')]);
    expect(answer.refusal).toBe('400 0x8004F016');
  });

  test('is refused for managed components by themselves', async () => {
    await install([script('ora_/pear.js')]);
    const { body } = await platform.call('GET', "webresourceset?$filter=name eq 'ora_/pear.js'");
    const answer = await platform.call('DELETE', `webresourceset(${body.value[0].webresourceid})`);
    expect(answer.refusal).toBe('400 0x8004F032');
    expect(await resources()).toEqual(['ora_/pear.js']);
  });

  test('tables keep their type codes when one that came before them goes', async () => {
    await install([pear]);
    await install([aTable('ora_Basket')], { ...managed, name: 'Baskets' });
    const code = async () =>
      (await platform.call('GET', "EntityDefinitions(LogicalName='ora_basket')?$select=ObjectTypeCode")).body
        .ObjectTypeCode;
    const before = await code();
    await remove('Orchard');
    expect(await code()).toBe(before);
  });

  test('UninstallSolutionAsync tells in its system job how it ended', async () => {
    await install([pear]);
    const { body } = await post('UninstallSolutionAsync', { SolutionUniqueName: 'Orchard' });
    await platform.work.quiet(5000);
    expect((await platform.call('GET', `asyncoperations(${body.AsyncOperationId})`)).body).toMatchObject({
      statecode: 3,
      statuscode: 30,
    });
    expect(await status('ora_pears')).toBe(404);
  });
});

describe('upgrading', () => {
  const first = [aTable('ora_Pear', { columns: aColumn('ora_Colour') }), script('ora_/a.js'), script('ora_/b.js')];
  const second = [aTable('ora_Pear', { columns: aColumn('ora_Weight') }), script('ora_/b.js', '2')];

  test('an update deletes nothing', async () => {
    await install(first);
    await install(second, v2);
    expect(await resources()).toEqual(['ora_/a.js', 'ora_/b.js']);
    expect(await status("EntityDefinitions(LogicalName='ora_pear')/Attributes(LogicalName='ora_colour')")).toBe(200);
  });

  test('a holding solution stands beside the old one until it is promoted', async () => {
    await install(first);
    const before = await solution('Orchard');
    const id = await platform.create('ora_pears', { ora_name: 'Conference', ora_colour: 'green' });
    expect((await install(second, v2, { HoldingSolution: true })).status).toBe(204);
    expect((await solution('Orchard_Upgrade')).version).toBe('2.0.0.0');
    expect((await solution('Orchard')).version).toBe('1.0.0.0');
    expect(await resources()).toEqual(['ora_/a.js', 'ora_/b.js']);

    const answer = await post('DeleteAndPromote', { UniqueName: 'Orchard' });
    expect([answer.status, answer.body.SolutionId]).toEqual([200, before.solutionid]);
    expect(await solution('Orchard_Upgrade')).toBeUndefined();
    expect((await solution('Orchard')).version).toBe('2.0.0.0');
    expect(await resources()).toEqual(['ora_/b.js']);
    const { body } = await platform.call('GET', `ora_pears(${id})`);
    expect(body.ora_name).toBe('Conference');
    expect(body).not.toHaveProperty('ora_colour');
    expect(body).toHaveProperty('ora_weight');
    expect((await remove('Orchard')).status).toBe(204);
    expect(await resources()).toEqual([]);
    expect(await status('ora_pears')).toBe(404);
  });

  test('StageAndUpgrade does both at once, and installs where there is nothing yet', async () => {
    const upgrade = async (parts: readonly Part[], options: SolutionOptions) =>
      post('StageAndUpgrade', { CustomizationFile: await base64(parts, options) });
    expect((await upgrade(first, managed)).body.SolutionId).toBe((await solution('Orchard')).solutionid);
    expect((await upgrade(second, v2)).status).toBe(200);
    expect(await resources()).toEqual(['ora_/b.js']);
    expect((await solution('Orchard')).version).toBe('2.0.0.0');
  });

  test('StageAndUpgradeAsync and DeleteAndPromoteAsync tell in their system jobs how they ended', async () => {
    await install(first);
    const file = await base64(second, v2);
    const staged = (await post('StageAndUpgradeAsync', { CustomizationFile: file })).body;
    await platform.work.quiet(5000);
    const nothing = (await post('DeleteAndPromoteAsync', { UniqueName: 'Orchard' })).body;
    await platform.work.quiet(5000);
    const job = async (id: string) => (await platform.call('GET', `asyncoperations(${id})`)).body;
    expect(await job(staged.AsyncOperationId)).toMatchObject({ statuscode: 30 });
    expect(await job(nothing.AsyncOperationId)).toMatchObject({ statuscode: 31 });
    expect((await job(nothing.AsyncOperationId)).message).toContain("no holding solution 'Orchard_Upgrade'");
    expect(await resources()).toEqual(['ora_/b.js']);
  });

  test('a new version that lacks what another solution needs is refused, and nothing has changed', async () => {
    await install(first);
    const needs = `<MissingDependency><Required type="61" schemaName="ora_/a.js" displayName="a" solution="Orchard (1.0)" /></MissingDependency>`;
    await install([aTable('ora_Basket')], { ...managed, name: 'Baskets', dependencies: needs });
    const answer = await post('StageAndUpgrade', { CustomizationFile: await base64(second, v2) });
    expect(answer.refusal).toBe('400 0x8004F01D');
    expect(await resources()).toEqual(['ora_/a.js', 'ora_/b.js']);
    expect(await solution('Orchard_Upgrade')).toBeUndefined();
    expect((await solution('Orchard')).version).toBe('1.0.0.0');
    expect(await status("EntityDefinitions(LogicalName='ora_pear')/Attributes(LogicalName='ora_weight')")).toBe(404);
  });

  test.each([
    ['a lower version', managed, '0.9.0.0', '0x80048541'],
    ['an unmanaged package', {}, '2.0.0.0', '0x8004F046'],
  ])('%s is no upgrade', async (_what, options, version, code) => {
    await install(first, managed);
    const answer = await install(second, { ...options, version }, { HoldingSolution: true });
    expect(answer.refusal).toBe(`400 ${code}`);
  });

  test('a holding solution without a base is refused', async () => {
    expect((await install(first, managed, { HoldingSolution: true })).refusal).toBe('400 0x8004F046');
  });
});

describe('staging', () => {
  const results = async (file: string) =>
    (await post('StageSolution', { CustomizationFile: file })).body.StageSolutionResults;

  test('tells that a package would import, without importing it; the upload can be imported then', async () => {
    const staged = await results(await base64([pear], managed));
    expect(staged).toMatchObject({ StageSolutionStatus: 'Passed', MissingDependencies: [] });
    expect(staged.SolutionDetails).toMatchObject({ SolutionUniqueName: 'Orchard', SolutionVersion: '1.0.0.0' });
    expect(await status('ora_pears')).toBe(404);
    const SolutionParameters = { StageSolutionUploadId: staged.StageSolutionUploadId };
    expect((await post('ImportSolutionAsync', { SolutionParameters })).status).toBe(200);
    await platform.work.quiet(5000);
    expect(await status('ora_pears')).toBe(200);
  });

  test('tells what is missing', async () => {
    const needs = `<MissingDependency><Required type="61" schemaName="ora_/a.js" displayName="a" solution="Other (1.0)" /><Dependent type="1" schemaName="ora_pear" displayName="Pear" /></MissingDependency>`;
    const staged = await results(await base64([pear], { ...managed, dependencies: needs }));
    expect(staged.StageSolutionStatus).toBe('Failed');
    expect(staged.SolutionValidationResults).toMatchObject([
      { SolutionValidationResultType: 'Error', ErrorCode: -2147188707 },
    ]);
    expect(staged.MissingDependencies).toMatchObject([
      { RequiredComponentSchemaName: 'ora_/a.js', RequiredSolutionName: 'Other (1.0)', DependentComponentType: 1 },
    ]);
  });
});

describe('exporting and changing', () => {
  test('an asynchronous export is fetched by its job', async () => {
    await install([pear], {});
    const { body } = await post('ExportSolutionAsync', { SolutionName: 'Orchard', Managed: false });
    await platform.work.quiet(5000);
    const job = await platform.call('GET', `asyncoperations(${body.AsyncOperationId})`);
    expect(job.body).toMatchObject({ statecode: 3, statuscode: 30 });
    const data = await post('DownloadSolutionExportData', { ExportJobId: body.ExportJobId });
    const direct = await post('ExportSolution', { SolutionName: 'Orchard', Managed: false });
    expect(data.body.ExportSolutionFile).toBe(direct.body.ExportSolutionFile);
  });

  test('a managed solution is not exported and not changed', async () => {
    await install([pear]);
    expect((await post('ExportSolution', { SolutionName: 'Orchard' })).refusal).toBe('400 0x80048036');
    const { solutionid } = await solution('Orchard');
    const answer = await platform.call('PATCH', `solutions(${solutionid})`, { body: { version: '3.0.0.0' } });
    expect(answer.refusal).toBe('400 0x8004F024');
  });

  test('the version given to an unmanaged solution is exported, and counts for the next import', async () => {
    await install([pear], {});
    const { solutionid } = await solution('Orchard');
    const change = (version: string) => platform.call('PATCH', `solutions(${solutionid})`, { body: { version } });
    expect((await change('3.1.0.0')).status).toBe(204);
    expect((await change('three')).refusal).toBe('400 0x80040203');
    expect((await install([pear], { version: '3.0.0.0' })).refusal).toBe('400 0x80048541');
    const { body } = await post('ExportSolution', { SolutionName: 'Orchard', Managed: true });
    const staged = await post('StageSolution', { CustomizationFile: body.ExportSolutionFile });
    expect(staged.body.StageSolutionResults.SolutionDetails).toMatchObject({ SolutionVersion: '3.1.0.0' });
  });
});

test('one import at a time: another that comes meanwhile is refused, and can be sent again', async () => {
  const [first, second] = await Promise.all([
    install([pear]),
    install([aTable('ora_Basket')], { ...managed, name: 'B' }),
  ]);
  expect([first.status, second.refusal]).toEqual([204, '429 0x80071151']);
  expect((await install([aTable('ora_Basket')], { ...managed, name: 'B' })).status).toBe(204);
});

test.each([
  ['one table', '<importexportxml><entities><entity>account</entity></entities></importexportxml>', '204'],
  ['nothing', undefined, '400 0x80040203'],
  ['no XML', 'account', '400 0x80040203'],
])('PublishXml of %s', async (_what, ParameterXml, expected) => {
  const answer = await post('PublishXml', { ParameterXml });
  expect(answer.refusal).toBe(expected);
});

describe('component parameters of an import', () => {
  const parts = [aConnectionReference('ora_dataverse'), anEnvironmentVariable('ora_Url')];
  const connection = { connectionreferencelogicalname: 'ora_dataverse', connectionid: 'abc' };
  const value = { schemaname: 'ora_Url', value: 'https://orchard.example' };
  const withParameters = (...ComponentParameters: object[]) => install(parts, managed, { ComponentParameters });
  const typed = (type: string, row: object) => ({ '@odata.type': `Microsoft.Dynamics.CRM.${type}`, ...row });

  test('connect references and give variables their values, the second time too', async () => {
    for (const text of ['https://first.example', value.value])
      await withParameters(
        typed('connectionreference', connection),
        typed('environmentvariablevalue', { ...value, value: text }),
      );
    const read = async (path: string) => (await platform.call('GET', path)).body.value;
    expect(await read('connectionreferences?$select=connectionid')).toMatchObject([{ connectionid: 'abc' }]);
    expect(await read('environmentvariablevalues?$select=value')).toMatchObject([{ value: value.value }]);
  });

  test.each([
    ['an empty value', typed('environmentvariablevalue', { ...value, value: '' }), '400 0x80040203'],
    [
      'a reference that is not there',
      typed('connectionreference', { ...connection, connectionreferencelogicalname: 'ora_x' }),
      '400 0x80040203',
    ],
    ['another type', typed('workflow', {}), '501 NotEmulated'],
  ])('%s is refused, and nothing of the package is kept', async (_what, parameter, refusal) => {
    expect((await withParameters(parameter)).refusal).toBe(refusal);
    expect(await solution('Orchard')).toBeUndefined();
  });
});
