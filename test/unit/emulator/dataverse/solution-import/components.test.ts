import { anImportTarget, type ImportTarget } from '../../../../support/import-target.ts';
import {
  aColumn,
  aConnectionReference,
  aControl,
  aFlow,
  anApp,
  anEnvironmentVariable,
  aRole,
  aSiteMap,
  aTable,
  aWebResource,
  flowJson,
  type Part,
} from '../../../../support/solution-builder.ts';

let target: ImportTarget;
beforeAll(async () => void (target = await anImportTarget()));
afterAll(() => target.close());

const id = '0f6c2d5f-8e1b-4b1c-9d3a-7e5f2a4b6c80';
const other = '1f6c2d5f-8e1b-4b1c-9d3a-7e5f2a4b6c81';
const systemAdministrator = '627090ff-40a3-4053-8790-584edc5be201';
const manifest = (inner: string) =>
  `<manifest><control namespace="Orchard" constructor="Bar" version="1.0"><resources>${inner}</resources></control></manifest>`;
const map = aSiteMap('ora_App', '<SubArea Id="accounts" Entity="account" />');
const profile = (column: string): Part => ({
  root: `<RootComponent type="70" id="{${id}}" behavior="0" />`,
  list: 'FieldSecurityProfiles',
  node: `<FieldSecurityProfile name="Deciders" fieldsecurityprofileid="{${id}}"><FieldPermissions><FieldPermission><EntityName>ora_Deal</EntityName><AttributeName>${column}</AttributeName><CanRead>4</CanRead><CanUpdate>0</CanUpdate><CanCreate>0</CanCreate></FieldPermission></FieldPermissions></FieldSecurityProfile>`,
});
const deal = aTable('ora_Deal', { columns: aColumn('ora_Limit', { type: 'int', more: '<IsSecured>1</IsSecured>' }) });

describe('refuses', () => {
  test.each<[string, Part[], RegExp]>([
    ['a web resource without prefix', [aWebResource('box.js')], /^0x8004F118 .*'box\.js'/],
    ['a web resource with a space in its name', [aWebResource('ora_/a b.js')], /^0x8004F117 .*'ora_\/a b\.js'/],
    ['a web resource with two slashes in a row', [aWebResource('ora_//box.js')], /^0x8004F117/],
    ['a web resource that is a server page', [aWebResource('ora_/box.aspx')], /^0x8004F119/],
    ['a web resource of type 13', [aWebResource('ora_/box.js', { type: 13 })], /^0x8004F111 .*'13'/],
    [
      'a web resource without its file',
      [aWebResource('ora_/box.js', { path: 'WebResources/other' })],
      /^0x8004F11A .*'ora_\/box\.js'/,
    ],
    [
      'a control without manifest',
      [{ ...aControl('ora_Orchard.Bar'), files: {} }],
      /^0x80160000 .*'ora_Orchard\.Bar' has no manifest/,
    ],
    [
      'a control with the manifest of another',
      [aControl('ora_Orchard.Bar', { manifest: manifest('').replace('"Bar"', '"Baz"') })],
      /^0x80160000 .*'ora_Orchard\.Bar'.*'Orchard\.Baz'/,
    ],
    [
      'a control with a manifest that is no XML',
      [aControl('ora_Orchard.Bar', { manifest: '<manifest>' })],
      /^0x80048013 .*ControlManifest\.xml/,
    ],
    [
      'a control without one of its files',
      [aControl('ora_Orchard.Bar', { manifest: manifest('<css path="bar.css" />') })],
      /^0x80160000 .*'bar\.css'/,
    ],
    [
      'a control with another prefix than the publisher',
      [aControl('pea_Orchard.Bar')],
      /^0x80160000 Publisher prefix 'pea' .*'ora'/,
    ],
    [
      'a role with an unknown privilege',
      [aRole(id, 'Packer', { prvReadora_Nothing: 'Global' })],
      /^0x80048058 .*'Packer'.*'prvReadora_Nothing'/,
    ],
    ['a role with an unknown level', [aRole(id, 'Packer', { prvReadAccount: 'Universe' })], /^0x80048018 .*'Universe'/],
    [
      'a role that gives part of what belongs to the organisation',
      [aRole(id, 'Packer', { prvReadCustomControl: 'Local' })],
      /^0x80048018 .*'prvReadCustomControl'.*Local/,
    ],
    [
      'a role with the name of another',
      [aRole(id, 'System Administrator', {})],
      /^0x80048017 .*'System Administrator'/,
    ],
    [
      'a column security profile for a column that has none',
      [aTable('ora_Deal', { columns: aColumn('ora_Limit') }), profile('ora_limit')],
      /^0x80048063 .*'Deciders'.*'ora_deal\.ora_limit'/,
    ],
    [
      'a flow that is no JSON',
      [aFlow(id, 'Ship', { json: '{' })],
      /^0x80060468 Flow client data is in invalid format.*'Ship'/,
    ],
    ['a flow with a byte-order mark', [aFlow(id, 'Ship', { json: `\uFEFF${flowJson()}` })], /^0x80060468/],
    [
      'a flow without trigger',
      [aFlow(id, 'Ship', { json: '{"properties":{"definition":{"triggers":{}}}}' })],
      /^0x80060468 .*trigger/,
    ],
    ['a flow without its file', [{ ...aFlow(id, 'Ship'), files: {} }], /^0x80060468 .*'Ship'/],
    [
      'a flow whose connection reference is not there',
      [aFlow(id, 'Ship', { json: flowJson({ shared_x: 'ora_none' }) })],
      /^0x80060474 .*'Ship'.*'ora_none' \(shared_x\)/,
    ],
    ['a connection reference without prefix', [aConnectionReference('dataverse')], /^0x800608AD .*'dataverse'/],
    [
      'a connection reference without connector',
      [aConnectionReference('ora_dataverse', '')],
      /^0x80072002 .*'ora_dataverse'/,
    ],
    [
      'a connection reference that is there twice',
      [aConnectionReference('ora_x'), aConnectionReference('ora_x')],
      /^0x80040216 .*'ora_x'/,
    ],
    ['an environment variable without prefix', [anEnvironmentVariable('Url')], /^0x800608AD .*'Url'/],
    [
      'an environment variable in the folder of another',
      [anEnvironmentVariable('ora_Url', { folder: 'ora_Other' })],
      /^0x80040216 .*'ora_Url'/,
    ],
    [
      'a number that defaults to a word',
      [anEnvironmentVariable('ora_Limit', { type: 100000001, defaultValue: 'much' })],
      /^0x80040216 .*'much'.*'ora_Limit'/,
    ],
    [
      'a value that is no JSON',
      [
        {
          ...anEnvironmentVariable('ora_Url'),
          files: {
            ...anEnvironmentVariable('ora_Url').files,
            'environmentvariabledefinitions/ora_Url/environmentvariablevalues.json': '<x>',
          },
        },
      ],
      /^0x80040216 .*environmentvariablevalues\.json/,
    ],
    ['an app without site map', [anApp('ora_App', ['type="1" schemaName="account"'])], /^0x8005011C .*'ora_App'/],
    [
      'an app of a table that is not there',
      [map, anApp('ora_App', ['type="62" schemaName="ora_App"', 'type="1" schemaName="ora_none"'])],
      /^0x80050123 .*'ora_App'.*'ora_none'/,
    ],
    [
      'an app for a role that is not there',
      [map, anApp('ora_App', ['type="62" schemaName="ora_App"'], [id])],
      /^0x80050123 .*0f6c2d5f/,
    ],
    [
      'a site map with a table that is not there',
      [aSiteMap('ora_App', '<SubArea Id="x" Entity="ora_none" />')],
      /^0x8004F401 .*'x'.*'ora_none'/,
    ],
    [
      'a site map with a page that is not there',
      [aSiteMap('ora_App', '<SubArea Id="x" Url="$webresource:ora_/none.htm" />')],
      /^0x8004F401 .*'ora_\/none\.htm'/,
    ],
    [
      'a site map with an id that occurs twice',
      [aSiteMap('ora_App', '<SubArea Id="area" Entity="account" />')],
      /^0x8004F401 .*'area'/,
    ],
  ])('%s', async (_what, parts, expected) => {
    expect(await target.refuse(parts)).toMatch(expected);
  });

  test('a web resource whose name is taken by another id', async () => {
    await target.add([aWebResource('ora_/taken.js', { id })], { name: 'Taken' });
    expect(await target.refuse([aWebResource('ora_/taken.js', { id: other })])).toMatch(
      /^0x8004F115 .*'ora_\/taken\.js'/,
    );
  });

  test('a control that another publisher made', async () => {
    await target.add([aControl('ora_Shared.Dial')], { name: 'Dial' });
    expect(await target.refuse([aControl('pea_Shared.Dial')], { publisher: 'pea', prefix: 'pea' })).toMatch(
      /^0x80160000 .*another publisher.*'ora_Shared\.Dial'/,
    );
  });
});

test('names in warnings what is kept without effect', async () => {
  const parts: Part[] = [
    { list: 'SolutionPluginAssemblies', node: '<PluginAssembly />' },
    { files: { 'bots/ora_Ship/bot.xml': '<bot />' } },
    aTable('ora_Cart', {
      more: '<RibbonDiffXml><CustomActions><CustomAction Id="x" /></CustomActions></RibbonDiffXml>',
    }),
    aFlow(other, 'Old', { category: 0 }),
  ];
  const { warnings } = await target.add(parts, { name: 'Mixed' });
  expect(warnings).toEqual([
    expect.stringMatching(/'Old' of category 0/),
    expect.stringMatching(/<SolutionPluginAssemblies>/),
    expect.stringMatching(/'bots\/'/),
    expect.stringMatching(/command bar of 'ora_Cart'/),
  ]);
});

test('a flow is kept as its text, and stays off when somebody turned it off', async () => {
  const flow = (version: string) => [
    aConnectionReference('ora_flowuser'),
    aFlow(id, 'Ship', { json: flowJson({ shared_x: 'ora_flowuser' }, version) }),
  ];
  const read = () =>
    target.rows('select clientdata, statecode, statuscode, category from workflow where workflowid = ?', id)[0];
  await target.add(flow('1'), { name: 'Flows' });
  expect(read()).toEqual({
    clientdata: flowJson({ shared_x: 'ora_flowuser' }, '1'),
    statecode: 1,
    statuscode: 2,
    category: 5,
  });
  target.database.run('update workflow set statecode = 0, statuscode = 1 where workflowid = ?', [id]);
  await target.add(flow('2'), { name: 'Flows', version: '2.0' });
  expect(read()).toEqual({
    clientdata: flowJson({ shared_x: 'ora_flowuser' }, '2'),
    statecode: 0,
    statuscode: 1,
    category: 5,
  });
});

test('a connection chosen for a reference stays after an update', async () => {
  await target.add([aConnectionReference('ora_chosen')], { name: 'Chosen' });
  target.database.run(
    `update connectionreference set connectionid = 'mine' where connectionreferencelogicalname = 'ora_chosen'`,
  );
  await target.add([aConnectionReference('ora_chosen', '/apis/other')], { name: 'Chosen', version: '2.0' });
  expect(
    target.rows(
      `select connectionid, connectorid from connectionreference where connectionreferencelogicalname = 'ora_chosen'`,
    ),
  ).toEqual([{ connectionid: 'mine', connectorid: '/apis/other' }]);
});

test('an environment variable has one value: the one that travelled last', async () => {
  await target.add([anEnvironmentVariable('ora_Url', { defaultValue: 'a', value: 'b' })], { name: 'Variables' });
  await target.add([anEnvironmentVariable('ora_Url', { defaultValue: 'a', value: 'c' })], {
    name: 'Variables',
    version: '2.0',
  });
  await target.add([anEnvironmentVariable('ora_Url', { defaultValue: 'd' })], { name: 'Variables', version: '3.0' });
  expect(
    target.rows(
      `select d.defaultvalue, v.value from environmentvariabledefinition d join environmentvariablevalue v on v.environmentvariabledefinitionid = d.environmentvariabledefinitionid where d.schemaname = 'ora_Url'`,
    ),
  ).toEqual([{ defaultvalue: 'd', value: 'c' }]);
});

test('importing a role replaces its privileges', async () => {
  const read = () =>
    target.rows(
      `select p.name, r.privilegedepthmask from roleprivileges r join privilege p on p.privilegeid = r.privilegeid where r.roleid = ? order by p.name`,
      other,
    );
  await target.add([aRole(other, 'Picker', { prvReadAccount: 'Basic', prvWriteAccount: 'Deep', prvFlow: 'Global' })], {
    name: 'Roles',
  });
  expect(read()).toEqual([
    { name: 'prvFlow', privilegedepthmask: 8 },
    { name: 'prvReadAccount', privilegedepthmask: 1 },
    { name: 'prvWriteAccount', privilegedepthmask: 4 },
  ]);
  await target.add([aRole(other, 'Picker', { prvReadAccount: 'Local' })], { name: 'Roles', version: '2.0' });
  expect(read()).toEqual([{ name: 'prvReadAccount', privilegedepthmask: 2 }]);
});

test('a role is imported without the privileges of what the emulator lacks, and says so', async () => {
  const role = aRole(other, 'Picker', {
    prvReadAccount: 'Local',
    prvReadIncident: 'Local',
    prvUseBrowserForm: 'Global',
  });
  const { warnings } = await target.add([role], { name: 'Roles', version: '3.0' });
  expect(warnings).toEqual([
    "The role 'Picker' names 2 privileges of tables and features that are not emulated; the role is without them.",
  ]);
  expect(target.rows('select count(*) as n from roleprivileges where roleid = ?', other)).toEqual([{ n: 1 }]);
});

test('a column security profile is imported with its permissions', async () => {
  const { warnings } = await target.add([deal, profile('ora_Limit')], { name: 'Deals' });
  expect(warnings).toEqual([]);
  expect(
    target.rows('select entityname, attributelogicalname, canread, canupdate, cancreate from fieldpermission'),
  ).toEqual([{ entityname: 'ora_deal', attributelogicalname: 'ora_limit', canread: 4, canupdate: 0, cancreate: 0 }]);
});

test('a control keeps the files of its latest package only, and a change without a new version is pointed out', async () => {
  const files = () =>
    target
      .rows(`select file, content from "emulator$control_files" where control = 'ora_Orchard.Knob'`)
      .map((row) => [row['file'], Buffer.from(row['content'] as Buffer).toString()]);
  const knob = (bundle: string, version: string, more = {}) => [
    aControl('ora_Orchard.Knob', { version, files: { 'bundle.js': bundle, ...more } }),
  ];
  expect((await target.add(knob('one', '1.0.0', { 'old.png': 'x' }), { name: 'Knobs' })).warnings).toEqual([]);
  expect((await target.add(knob('one', '1.0.0', { 'old.png': 'x' }), { name: 'Knobs' })).warnings).toEqual([]);
  expect((await target.add(knob('two', '1.0.0'), { name: 'Knobs' })).warnings).toEqual([
    expect.stringMatching(/'ora_Orchard\.Knob'.*still 1\.0\.0/),
  ]);
  expect((await target.add(knob('three', '1.0.1'), { name: 'Knobs' })).warnings).toEqual([]);
  expect(files().filter(([file]) => file !== 'ControlManifest.xml')).toEqual([['bundle.js', 'three']]);
  expect(
    target.rows(
      `select r.name from customcontrolresource r join customcontrol c on c.customcontrolid = r.customcontrolid where c.name = 'ora_Orchard.Knob' order by 1`,
    ),
  ).toEqual([{ name: 'ControlManifest.xml' }, { name: 'bundle.js' }]);
});

test('an app is kept with its site map, components and roles, those of its latest package only', async () => {
  const siteMap = aSiteMap('ora_Store', '<SubArea Id="accounts" Entity="account" />');
  const app = (...components: string[]) => [
    siteMap,
    anApp('ora_Store', ['type="62" schemaName="ora_Store"', ...components], [systemAdministrator]),
  ];
  await target.add(app('type="1" schemaName="account"', 'type="1" schemaName="contact"'), { name: 'Store' });
  await target.add(app('type="1" schemaName="contact"'), { name: 'Store', version: '2.0' });
  const types = target.rows(
    `select c.componenttype, c.objectid from appmodulecomponent c join appmodule a on a.appmoduleid = c.appmoduleidunique where a.uniquename = 'ora_Store' order by 1`,
  );
  const [map] = target.rows(`select sitemapid, sitemapxml from sitemap where sitemapnameunique = 'ora_Store'`);
  expect(types).toEqual([
    { componenttype: 1, objectid: target.catalogue.table('contact')!.metadataId },
    { componenttype: 62, objectid: map!['sitemapid'] },
  ]);
  expect(map!['sitemapxml']).toContain('<SubArea Id="accounts" Entity="account" />');
  expect(
    target.rows(
      `select r.roleid from appmoduleroles r join appmodule a on a.appmoduleid = r.appmoduleid where a.uniquename = 'ora_Store'`,
    ),
  ).toEqual([{ roleid: systemAdministrator }]);
});
