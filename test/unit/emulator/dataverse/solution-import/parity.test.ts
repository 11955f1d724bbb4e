import { anImportTarget, type ImportTarget } from '../../../../support/import-target.ts';
import { aFlow, aTable, aWebResource, type Part } from '../../../../support/solution-builder.ts';

let target: ImportTarget;
beforeAll(async () => void (target = await anImportTarget()));
afterAll(() => target.close());

const unlisted = (part: Part): Part => ({ ...part, root: '' });
const flowId = '0f6c2d5f-8e1b-4b1c-9d3a-7e5f2a4b6c80';

test.each([
  ['a table that is not listed', [unlisted(aTable('ora_Box'))], {}, /^0x8004803A .*table 'ora_box' of type 1/],
  ['a flow that is not listed', [unlisted(aFlow(flowId, 'Ship'))], {}, new RegExp(`^0x8004803A .*${flowId}`)],
  [
    'a root component without content',
    [],
    { roots: '<RootComponent type="61" schemaName="ora_missing.js" behavior="0" />' },
    /^0x8004801F Cannot add a Root Component ora_missing\.js of type 61 because it is not in the target system\./,
  ],
  [
    'a web resource listed in another letter case',
    [{ ...aWebResource('ora_Ship.js'), root: '<RootComponent type="61" schemaName="ora_ship.js" behavior="0" />' }],
    {},
    /^0x8004803A .*'ora_Ship\.js'/,
  ],
  [
    'a component listed twice',
    [aTable('ora_Box')],
    { roots: '<RootComponent type="1" schemaName="ora_box" behavior="0" />' },
    /^0x80071153 .*ora_box/,
  ],
  ['content that is there twice', [aTable('ora_Box'), unlisted(aTable('ora_Box'))], {}, /^0x80040216 .*ora_box/],
  [
    'a connection reference among the root components',
    [],
    { roots: '<RootComponent type="371" schemaName="ora_dataverse" behavior="0" />' },
    /^0x8004801F .*ora_dataverse/,
  ],
  [
    'a type of another environment',
    [],
    { roots: '<RootComponent type="10062" schemaName="ora_dataverse" behavior="0" />' },
    /^0x8004801F Invalid component type provided 10062/,
  ],
])('refuses %s', async (_what, parts, options, expected) => {
  expect(await target.refuse(parts, options)).toMatch(expected);
});

test('takes a root component without content that is in the environment already', async () => {
  await target.add([aWebResource('ora_here.js')], { name: 'First' });
  const options = { name: 'Second', roots: '<RootComponent type="61" schemaName="ora_here.js" behavior="0" />' };
  expect((await target.add([], options)).warnings).toEqual([]);
});

test('names a type it does not emulate in a warning', async () => {
  const options = { name: 'Canvas', roots: '<RootComponent type="300" schemaName="ora_canvas" behavior="0" />' };
  expect((await target.add([], options)).warnings).toEqual([expect.stringContaining("'ora_canvas' of type 300")]);
});

const dependency = (required: string) =>
  `<MissingDependency><Required ${required} displayName="Thing" solution="Other (1.0)" /><Dependent type="80" schemaName="ora_App" displayName="My app" /></MissingDependency>`;

test.each([
  ['a table', 'type="1" schemaName="ora_nowhere"'],
  ['a column', 'type="2" schemaName="ora_nowhere" parentSchemaName="account"'],
  ['a relationship', 'type="10" schemaName="ora_nowhere"'],
  ['a web resource', 'type="61" schemaName="ora_nowhere"'],
])('refuses a package that needs %s which is not there', async (_what, required) => {
  expect(await target.refuse([], { dependencies: dependency(required) })).toMatch(
    /^0x8004801D The following solution cannot be imported: Orchard\. .*<MissingDependency><Required type="\d+" .*displayName="Thing" solution="Other \(1\.0\)" \/><Dependent .*displayName="My app" \/>/,
  );
});

test.each([
  ['a table that is there', 'type="1" schemaName="account"'],
  ['a column that is there', 'type="2" schemaName="Name" parentSchemaName="account"'],
  ['the stock icon of apps', 'type="61" schemaName="msdyn_/Images/AppModule_Default_Icon.png"'],
])('takes a package that needs %s', async (_what, required) => {
  await target.add([], { name: 'Needs', dependencies: dependency(required) });
});
