import { attribute, childText, descendants, type SolutionPackage } from '../../../packaging/index.ts';
import { descend, install, type Installed } from '../emulator/first-party/installed-tables.ts';
import { formsOf, parts, readSolution, repeated, tableOf, valuesOf, viewsOf } from './our-solution.ts';

let solution: SolutionPackage;
let platform: Installed;
beforeAll(async () => void ([solution, platform] = await Promise.all([readSolution(), install()])));

/** `prvAppendToAccount` is the verb and the schema name of the table; charts are named in the plural. */
function split(privilege: string): { verb: string; table: string } {
  const match = /^prv(Create|Read|Write|Delete|AppendTo|Append|Assign|Share)(.+)$/.exec(privilege)!;
  return { verb: match[1]!, table: match[2]!.replace(/Visualizations$/, 'Visualization') };
}

const ownership = (table: string) => {
  const node = platform.tables.get(table)?.node ?? tableOf(solution, table);
  return node === undefined ? undefined : childText(descend(node, 'EntityInfo', 'entity'), 'OwnershipTypeMask');
};

const privileges = () => [...descendants(solution.customizations, 'RolePrivilege')];

test('every privilege is of a table that exists, by its schema name, once', () => {
  const names = valuesOf(privileges(), 'name');
  expect(names.filter((name) => ownership(split(name).table) === undefined)).toEqual([]);
  expect(repeated(names)).toEqual([]);
  expect(names.length).toBeGreaterThan(40);
});

test('tables nobody owns are granted for the whole organization, the only depth they have', () => {
  const shallow = privileges().filter(
    (one) =>
      !/^(User|Business)Owned$/.test(ownership(split(attribute(one, 'name')!).table) ?? '') &&
      attribute(one, 'level') !== 'Global',
  );
  expect(valuesOf(shallow, 'name')).toEqual([]);
});

test('the role deletes, assigns and shares nothing, and writes virtual tables and confirmations not at all', () => {
  const names = valuesOf(privileges(), 'name').map(split);
  expect(names.filter(({ verb }) => ['Delete', 'Assign', 'Share'].includes(verb))).toEqual([]);
  const readOnly = names.filter(({ table }) => /^(mserp_|fno_|msdyn_dualwrite|cdm_)/.test(table));
  expect(readOnly.filter(({ verb }) => !['Read', 'AppendTo'].includes(verb))).toEqual([]);
});

test('every table of the site map is in the app, and the app shows our form and view', () => {
  const components = [...descendants(solution.customizations, 'AppModuleComponent')];
  const tables = valuesOf(components, 'schemaName');
  const areas = [...descendants(solution.customizations, 'SubArea')];
  expect(valuesOf(areas, 'Entity').filter((table) => !tables.includes(table))).toEqual([]);
  expect(repeated(['Area', 'Group', 'SubArea'].flatMap((name) => valuesOf(descendants(solution.customizations, name), 'Id')))).toEqual([]);
  const ids = valuesOf(components, 'id');
  const known = [...formsOf(solution).map(({ id }) => id), ...viewsOf(solution).map(({ view }) => childText(view, 'savedqueryid'))];
  expect(ids).toHaveLength(2);
  expect(ids.filter((id) => !known.includes(id))).toEqual([]);
});

test('the app is open to our role, and its icon is a web resource of ours', () => {
  const [app] = parts(solution, 'AppModules', 'AppModule');
  const role = attribute(parts(solution, 'Roles', 'Role')[0], 'id');
  expect(valuesOf(descendants(app!, 'Role'), 'id')).toContain(role);
  const icons = parts(solution, 'WebResources', 'WebResource').map((one) => childText(one, 'WebResourceId'));
  expect(icons).toContain(`{${childText(app, 'WebResourceId')}}`);
});

test('every table of the app can be read by our role', () => {
  const readable = valuesOf(privileges(), 'name').map(split).filter(({ verb }) => verb === 'Read').map(({ table }) => table.toLowerCase());
  const tables = [...descendants(solution.customizations, 'AppModuleComponent')].filter((one) => attribute(one, 'type') === '1');
  expect(valuesOf(tables, 'schemaName').filter((table) => !readable.includes(table))).toEqual([]);
});
