import { anImportTarget, type ImportTarget } from '../../../../support/import-target.ts';
import {
  aColumn,
  aControl,
  aField,
  aForm,
  aTab,
  aTable,
  aView,
  aWebResource,
  type Part,
} from '../../../../support/solution-builder.ts';

let target: ImportTarget;
beforeAll(async () => void (target = await anImportTarget()));
afterAll(() => target.close());

const id = '11111111-2222-4333-8444-555555555555';
const script = aWebResource('ora_/box.js');
const control = aControl('ora_Orchard.RipenessBar');
const withForm = (form: string, options = {}): Part =>
  aTable('ora_Box', { columns: aColumn('ora_Ripe', { type: 'int', more: '' }), forms: aForm(id, form, options) });
const handler = (library: string, functionName = 'Orchard.onLoad', unique = '{h1}') =>
  `<Handler functionName="${functionName}" libraryName="${library}" handlerUniqueId="${unique}" enabled="true" />`;
const onLoad = (...handlers: string[]) =>
  `<events><event name="onload"><Handlers>${handlers.join('')}</Handlers></event></events>`;
const loads = (name: string) => `<formLibraries><Library name="${name}" libraryUniqueId="{l1}" /></formLibraries>`;
const describes = (unique: string, name: string) =>
  `<controlDescriptions><controlDescription forControl="${unique}"><customControl formFactor="2" name="${name}" /></controlDescription></controlDescriptions>`;
const subgrid = (parameters: string) =>
  `<control id="grid" indicationOfSubgrid="true"><parameters>${parameters}</parameters></control>`;

test.each<[string, Part[], RegExp]>([
  [
    'a column that is not there',
    [withForm(aTab(aField('ora_none')))],
    /^0x80048007 .*'Information' of 'ora_box'.*'ora_none'/,
  ],
  [
    'an event of a column that is not there',
    [withForm('<events><event name="onchange" attribute="ora_none" /></events>')],
    /^0x80048007 .*event.*'ora_none'/,
  ],
  ['a library that is not there', [withForm(loads('ora_/none.js'))], /^0x80048007 .*'ora_\/none\.js'/],
  [
    'a handler whose library the form does not load',
    [script, withForm(onLoad(handler('ora_/box.js')))],
    /^0x80048007 .*'Orchard\.onLoad'.*'ora_\/box\.js'/,
  ],
  [
    'a handler without function',
    [script, withForm(onLoad(handler('ora_/box.js', '')) + loads('ora_/box.js'))],
    /^0x80048007 .*without a function name/,
  ],
  [
    'a handler id that occurs twice',
    [script, withForm(onLoad(handler('ora_/box.js'), handler('ora_/box.js')) + loads('ora_/box.js'))],
    /^0x80048007 .*handlerUniqueId \{h1\} twice/,
  ],
  [
    'events on a quick view form',
    [withForm('<events />', { type: 'quick' })],
    /^0x80048007 Form XML of type quick cannot contain element: events/,
  ],
  [
    'a control that is not there',
    [withForm(aTab(aField('ora_ripe', 'uniqueid="{u1}"')) + describes('{u1}', 'ora_Orchard.None'))],
    /^0x80048007 .*'ora_Orchard\.None'/,
  ],
  [
    'a description of no control',
    [control, withForm(aTab(aField('ora_ripe')) + describes('{u1}', 'ora_Orchard.RipenessBar'))],
    /^0x80048007 .*u1/,
  ],
  [
    'a subgrid of a table that is not there',
    [withForm(aTab(subgrid('<TargetEntityType>ora_none</TargetEntityType>')))],
    /^0x80048007 .*subgrid 'grid'.*'ora_none'/,
  ],
  [
    'a subgrid over another relationship',
    [
      withForm(
        aTab(subgrid('<TargetEntityType>account</TargetEntityType><RelationshipName>ora_none</RelationshipName>')),
      ),
    ],
    /^0x80048007 .*'ora_none'/,
  ],
  [
    'a subgrid with a view that is not there',
    [withForm(aTab(subgrid(`<TargetEntityType>account</TargetEntityType><ViewId>{${id}}</ViewId>`)))],
    /^0x80048007 .*view 11111111/,
  ],
  ['an id that occurs twice', [withForm('<tabs><tab id="{A}" /><tab id="{a}" /></tabs>')], /^0x80048007 .*\{a\} twice/],
  [
    'a form for a role that is not there',
    [withForm(`<DisplayConditions><Role Id="{${id}}" /></DisplayConditions>`)],
    /^0x8004F655 .*11111111/,
  ],
  ['an unknown form type', [withForm('', { type: 'poster' })], /^0x8004E306 .*'poster'/],
  ['a form without id', [aTable('ora_Box', { forms: aForm('', '') })], /^0x80048007 .*formid/],
])('refuses %s', async (_what, parts, expected) => {
  expect(await target.refuse(parts)).toMatch(expected);
});

test('keeps a form with its XML, library, control and columns', async () => {
  const form =
    aTab(aField('ora_ripe', 'uniqueid="{u1}"')) +
    describes('{u1}', 'ora_Orchard.RipenessBar') +
    onLoad(handler('ora_/box.js')) +
    loads('ora_/box.js');
  await target.add([withForm(form, { name: 'Box &lt;b&gt;' }), script, control], { name: 'Boxes' });
  const [row] = target.rows(
    `select name, objecttypecode, type, formxml, formactivationstate from systemform where formid = ?`,
    id,
  );
  expect(row).toMatchObject({ name: 'Box <b>', objecttypecode: 'ora_box', type: 2, formactivationstate: 1 });
  expect(String(row!['formxml'])).toMatch(/^<form><tabs>.*functionName="Orchard\.onLoad".*<\/form>$/s);
});

test('a form cannot become one of another type', async () => {
  await target.add([aTable('ora_Stall', { forms: aForm('aaaaaaaa-2222-4333-8444-555555555555', '') })], {
    name: 'Stalls',
  });
  const changed = aTable('ora_Stall', { forms: aForm('aaaaaaaa-2222-4333-8444-555555555555', '', { type: 'card' }) });
  expect(await target.refuse([changed], { name: 'Stalls', version: '2.0' })).toMatch(/^0x80040242 /);
});

const fetchOf = (inner: string, table = 'ora_tree') =>
  aTable('ora_Tree', { views: aView(id, `<entity name="${table}">${inner}</entity>`) });

test.each([
  ['another table', fetchOf('', 'account'), /^0x80048004 The view 'Active' of 'ora_tree' reads the table 'account'/],
  [
    'a column that is not there',
    fetchOf('<attribute name="ora_none" />'),
    /^0x80041103 'ora_tree' entity doesn't contain attribute with Name = 'ora_none'/,
  ],
  [
    'a condition on a column that is not there',
    fetchOf('<filter><filter><condition attribute="ora_none" operator="null" /></filter></filter>'),
    /^0x80041103/,
  ],
  [
    'a link to a table that is not there',
    fetchOf('<link-entity name="ora_none" from="a" to="b" />'),
    /^0x80041102 .*'ora_none'/,
  ],
  [
    'a column of a linked table that is not there',
    fetchOf('<link-entity name="account" from="accountid" to="ora_treeid"><attribute name="ora_none" /></link-entity>'),
    /^0x80041103 'account'/,
  ],
])('refuses a view of %s', async (_what, table, expected) => {
  expect(await target.refuse([table])).toMatch(expected);
});

test('keeps a view with its query and layout, and its version when nothing changes', async () => {
  const solution = [fetchOf('<attribute name="ora_name" />')];
  const read = () =>
    target.rows(
      `select name, returnedtypecode, querytype, fetchxml, layoutxml, versionnumber from savedquery where savedqueryid = ?`,
      id,
    );
  await target.add(solution, { name: 'Trees' });
  const before = read();
  expect(before).toEqual([
    {
      name: 'Active',
      returnedtypecode: 'ora_tree',
      querytype: 0,
      fetchxml: '<fetch version="1.0"><entity name="ora_tree"><attribute name="ora_name" /></entity></fetch>',
      layoutxml: '<grid name="resultset" />',
      versionnumber: expect.anything(),
    },
  ]);
  await target.add(solution, { name: 'Trees', version: '1.1' });
  expect(read()).toEqual(before);
});
