import {
  attribute,
  child,
  children,
  childText,
  descend,
  readZip,
  type SolutionPackage,
} from '../../../../../packaging/index.ts';
import { aDataverse, type TestDataverse } from '../../../../support/a-dataverse.ts';
import { flowJson } from '../../../../support/solution-builder.ts';

let here: TestDataverse;
let there: TestDataverse;
beforeAll(async () => {
  [here, there] = [await aDataverse(), await aDataverse()];
}, 120_000);
afterAll(() => [here, there].forEach((one) => one.close()));

const inSolution = { headers: { 'mscrm.solutionuniquename': 'Made' } };
const exported = async (from: TestDataverse) => {
  const { body, text } = await from.call('POST', 'ExportSolution', { body: { SolutionName: 'Made', Managed: false } });
  if (body.ExportSolutionFile === undefined) throw new Error(text);
  return Buffer.from(body.ExportSolutionFile, 'base64');
};
const rootsOf = ({ manifest }: SolutionPackage) =>
  children(descend(manifest, 'SolutionManifest', 'RootComponents'), 'RootComponent').map((root) =>
    [attribute(root, 'type'), attribute(root, 'id') ?? attribute(root, 'schemaName')].join(' '),
  );
const chart =
  '<datadefinition><fetchcollection><fetch mapping="logical" aggregate="true"><entity name="account"><attribute name="accountid" aggregate="count" alias="n"/><attribute name="industrycode" groupby="true" alias="g"/></entity></fetch></fetchcollection><categorycollection><category><measurecollection><measure alias="n"/></measurecollection></category></categorycollection></datadefinition>';
const presentation = '<Chart><Series><Series ChartType="Column"/></Series></Chart>';

test('rows made in a solution travel with it: roles, charts, cloud flows, environment variables with a value', async () => {
  const publisherid = await here.create('publishers', {
    uniquename: 'made',
    friendlyname: 'Made',
    customizationprefix: 'mad',
    customizationoptionvalueprefix: 12345,
  });
  await here.create('solutions', {
    uniquename: 'Made',
    friendlyname: 'Made',
    version: '1.0.0.0',
    'publisherid@odata.bind': `/publishers(${publisherid})`,
  });
  const units = await here.call('GET', 'businessunits?$select=businessunitid');
  const unit = units.body.value[0].businessunitid;
  const role = await here.create(
    'roles',
    { name: 'Maker', 'businessunitid@odata.bind': `/businessunits(${unit})` },
    inSolution,
  );
  const privileges = await here.call('GET', "privileges?$select=privilegeid&$filter=name eq 'prvReadAccount'");
  const PrivilegeId = privileges.body.value[0].privilegeid;
  await here.call('POST', `roles(${role})/Microsoft.Dynamics.CRM.AddPrivilegesRole`, {
    body: { Privileges: [{ PrivilegeId, Depth: 'Local', BusinessUnitId: unit }] },
  });
  const variable = await here.create(
    'environmentvariabledefinitions',
    { schemaname: 'mad_Limit', displayname: 'Limit', type: 100000001, defaultvalue: '5' },
    inSolution,
  );
  const value = await here.create(
    'environmentvariablevalues',
    {
      schemaname: 'mad_Limit',
      value: '7',
      'EnvironmentVariableDefinitionId@odata.bind': `/environmentvariabledefinitions(${variable})`,
    },
    inSolution,
  );
  const flow = await here.create(
    'workflows',
    { name: 'A flow', category: 5, type: 1, primaryentity: 'none', clientdata: flowJson() },
    inSolution,
  );
  const visual = await here.create(
    'savedqueryvisualizations',
    {
      name: 'By industry',
      primaryentitytypecode: 'account',
      datadescription: chart,
      presentationdescription: presentation,
    },
    inSolution,
  );
  const { body } = await here.call('GET', "solutions?$filter=uniquename eq 'Made'&$select=solutionid");
  const members = await here.call(
    'GET',
    `solutioncomponents?$select=componenttype,objectid&$filter=_solutionid_value eq ${body.value[0].solutionid}`,
  );
  const listed = members.body.value.map((one: any) => `${one.componenttype} ${one.objectid}`); // eslint-disable-line @typescript-eslint/no-explicit-any -- rows
  expect(listed).toEqual(
    expect.arrayContaining([`20 ${role}`, `380 ${variable}`, `381 ${value}`, `29 ${flow}`, `59 ${visual}`]),
  );

  const zip = await exported(here);
  const pkg = await readZip(zip);
  expect(rootsOf(pkg)).toEqual(['1 account', `20 {${role}}`, `29 {${flow}}`]);
  expect([...pkg.files.keys()].sort()).toEqual([
    `Workflows/Aflow-${flow.toUpperCase()}.json`,
    'environmentvariabledefinitions/mad_Limit/environmentvariabledefinition.xml',
    'environmentvariabledefinitions/mad_Limit/environmentvariablevalues.json',
  ]);
  const entity = children(child(pkg.customizations, 'Entities'), 'Entity')[0];
  expect(children(child(entity, 'Visualizations'), 'visualization').map((one) => childText(one, 'isdefault'))).toEqual([
    'false',
  ]);

  const CustomizationFile = zip.toString('base64');
  expect((await there.call('POST', 'ImportSolution', { body: { CustomizationFile } })).status).toBe(204);
  const held = await there.call('GET', `RetrieveRolePrivilegesRole(RoleId=${role})`);
  expect(held.body.RolePrivileges).toMatchObject([{ PrivilegeId, Depth: 'Local' }]);
  const limit = await there.call(
    'GET',
    'environmentvariablevalues?$select=value&$expand=EnvironmentVariableDefinitionId($select=defaultvalue,type)',
  );
  expect(limit.body.value).toMatchObject([
    { value: '7', EnvironmentVariableDefinitionId: { defaultvalue: '5', type: 100000001 } },
  ]);
  expect((await there.call('GET', `workflows(${flow})?$select=name,clientdata`)).body).toMatchObject({
    name: 'A flow',
    clientdata: flowJson(),
  });
  expect((await there.call('GET', `savedqueryvisualizations(${visual})?$select=name`)).body.name).toBe('By industry');
  // Nothing was changed there, so what comes out is what went in.
  expect((await exported(there)).equals(zip)).toBe(true);
}, 120_000);

test('what is changed, taken out or deleted here is so in the package', async () => {
  const role = (await there.call('GET', "roles?$filter=name eq 'Maker'")).body.value[0];
  await there.call('PATCH', `roles(${role.roleid})`, { body: { name: 'Doer' } });
  const variables = await there.call('GET', 'environmentvariabledefinitions?$select=environmentvariabledefinitionid');
  const variable = variables.body.value[0].environmentvariabledefinitionid;
  await there.call('PATCH', `environmentvariabledefinitions(${variable})`, { body: { defaultvalue: '6' } });
  const values = await there.call('GET', 'environmentvariablevalues?$select=environmentvariablevalueid');
  await there.call('DELETE', `environmentvariablevalues(${values.body.value[0].environmentvariablevalueid})`);
  const flow = (await there.call('GET', "workflows?$filter=name eq 'A flow'")).body.value[0];
  const out = { ComponentId: flow.workflowid, ComponentType: 29, SolutionUniqueName: 'Made' };
  expect((await there.call('POST', 'RemoveSolutionComponent', { body: out })).status).toBe(200);

  const pkg = await readZip(await exported(there));
  expect(rootsOf(pkg)).toEqual(['1 account', `20 {${role.roleid}}`]);
  expect(
    [...pkg.files].map(([path, file]) => [path, /<defaultvalue>(.*)<\/defaultvalue>/.exec(String(file))?.[1]]),
  ).toEqual([['environmentvariabledefinitions/mad_Limit/environmentvariabledefinition.xml', '6']]);
  const roles = children(child(pkg.customizations, 'Roles'), 'Role');
  expect(roles.map((one) => attribute(one, 'name'))).toEqual(['Doer']);
  expect(children(child(pkg.customizations, 'Workflows'), 'Workflow')).toEqual([]);
}, 120_000);
