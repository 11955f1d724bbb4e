import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  attribute,
  child,
  childText,
  descendants,
  elements,
  identityOf,
  normalized,
  readFolder,
  readZip,
  writeZip,
  type SolutionPackage,
} from '../../../packaging/index.ts';
import { flowFile, layOut, parts, readSolution, tableOf, viewsOf } from './our-solution.ts';

let solution: SolutionPackage;
beforeAll(async () => void (solution = await readSolution()));

test('root components and content agree one to one', () => {
  const roots = [...descendants(solution.manifest, 'RootComponent')].map((root) =>
    [
      attribute(root, 'type'),
      attribute(root, 'schemaName') ?? attribute(root, 'id'),
      attribute(root, 'behavior'),
    ].join(' '),
  );
  const named = (type: number, list: string, part: string, name: string) =>
    parts(solution, list, part).map((one) => `${type} ${childText(one, name)} 0`);
  const tables = parts(solution, 'Entities', 'Entity').map((entity) => {
    const isWhole = [...descendants(entity, 'EntitySetName')].length > 0;
    return `1 ${childText(entity, 'Name').toLowerCase()} ${isWhole ? 0 : 2}`;
  });
  expect(roots).toEqual([
    ...tables.sort(),
    ...parts(solution, 'Roles', 'Role')
      .map((role) => `20 ${attribute(role, 'id')} 0`)
      .sort(),
    ...parts(solution, 'Workflows', 'Workflow')
      .map((flow) => `29 ${attribute(flow, 'WorkflowId')} 0`)
      .sort(),
    ...named(61, 'WebResources', 'WebResource', 'Name'),
    ...named(62, 'AppModuleSiteMaps', 'AppModuleSiteMap', 'SiteMapUniqueName'),
    ...named(66, 'CustomControls', 'CustomControl', 'Name'),
    ...parts(solution, 'FieldSecurityProfiles', 'FieldSecurityProfile')
      .map((profile) => `70 ${attribute(profile, 'fieldsecurityprofileid')} 0`)
      .sort(),
    ...named(80, 'AppModules', 'AppModule', 'UniqueName'),
  ]);
  expect(roots.length).toBeGreaterThan(14);
});

test('the lists of customizations.xml stand in the order of an export', () => {
  const order =
    'Entities Roles Workflows FieldSecurityProfiles Templates EntityMaps EntityRelationships OrganizationSettings ' +
    'optionsets WebResources CustomControls AppModuleSiteMaps AppModules EntityDataProviders connectionreferences Languages';
  expect(elements(solution.customizations).map((element) => element.name)).toEqual(order.split(' '));
});

test('one source gives an unmanaged and a managed package, which differ in nothing but the flag', async () => {
  const managed = await readSolution('managed');
  expect([identityOf(solution).isManaged, identityOf(managed).isManaged]).toEqual([false, true]);
  expect(normalized(managed.customizations)).toEqual(normalized(solution.customizations));
  expect([...managed.files]).toEqual([...solution.files]);
});

test('the zip holds what the folder holds', async () => {
  const back = await readZip(await writeZip(solution));
  expect(normalized(back.customizations)).toEqual(normalized(solution.customizations));
  expect(normalized(back.manifest)).toEqual(normalized(solution.manifest));
  expect([...back.files].sort()).toEqual([...solution.files].sort());
});

test('everything of ours bears the prefix of the publisher', () => {
  const names = [
    ...parts(solution, 'WebResources', 'WebResource').map((one) => childText(one, 'Name')),
    ...parts(solution, 'CustomControls', 'CustomControl').map((one) => childText(one, 'Name')),
    ...parts(solution, 'AppModules', 'AppModule').map((one) => childText(one, 'UniqueName')),
    ...parts(solution, 'connectionreferences', 'connectionreference').map(
      (one) => attribute(one, 'connectionreferencelogicalname')!,
    ),
  ];
  expect(names.filter((name) => !name.startsWith('fno_'))).toEqual([]);
});

test('environment variables are as the server takes them: no declaration, no mark, folder named as the variable', () => {
  const files = [...solution.files].filter(([path]) => path.startsWith('environmentvariabledefinitions/'));
  expect(files.length).toBeGreaterThan(1);
  for (const [path, content] of files) {
    const name = path.split('/')[1];
    expect(content.toString('utf8').startsWith(`<environmentvariabledefinition schemaname="${name}">`)).toBe(true);
  }
});

const ourTables = () =>
  parts(solution, 'Entities', 'Entity').flatMap((entity) => {
    const name = childText(entity, 'Name');
    return name.startsWith('fno_') ? [name] : [];
  });

test('every table of ours has each kind of view a new table gets', () => {
  for (const name of ourTables()) {
    const kinds = viewsOf(solution)
      .filter(({ table }) => table === name)
      .map(({ view }) => childText(view, 'querytype'));
    const missing = ['1', '2', '4', '64', '8192'].filter((kind) => !kinds.includes(kind));
    expect({ name, missing, lists: kinds.filter((kind) => kind === '0').length >= 2 }).toEqual({
      name,
      missing: [],
      lists: true,
    });
  }
});

test('every lookup of a table of ours has its relationship', () => {
  for (const name of ourTables()) {
    const columns = [...descendants(tableOf(solution, name), 'attribute')].filter((column) =>
      ['lookup', 'owner'].includes(childText(column, 'Type')),
    );
    const related = parts(solution, 'EntityRelationships', 'EntityRelationship')
      .filter((one) => childText(one, 'ReferencingEntityName') === name)
      .map((one) => childText(one, 'ReferencingAttributeName'));
    // No export holds relationships of the two columns about delegates: the server makes them.
    const expected = columns
      .map((column) => attribute(column, 'PhysicalName')!)
      .filter((column) => !column.endsWith('OnBehalfBy'));
    expect(related.sort()).toEqual(expected.sort());
  }
});

test('a byte-order mark in the flow does not reach the package', async () => {
  const copy = mkdtempSync(join(tmpdir(), 'solution-'));
  try {
    layOut(copy);
    writeFileSync(join(copy, 'flows/address-change-confirm/definition.json'), `\uFEFF${readFileSync(flowFile, 'utf8')}`);
    const marked = await readFolder(join(copy, 'solution'), {
      type: 'unmanaged',
      map: join(copy, 'solution/map.xml'),
    });
    const path = childText(child(child(marked.customizations, 'Workflows'), 'Workflow'), 'JsonFileName').slice(1);
    expect(marked.files.get(path)?.[0]).toBe('{'.charCodeAt(0));
  } finally {
    rmSync(copy, { recursive: true });
  }
});
