import { attribute, childText, descendants, type SolutionPackage, type XmlElement } from '../../../packaging/index.ts';
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

const roles = () => parts(solution, 'Roles', 'Role');
const roleNamed = (name: string) => roles().find((role) => attribute(role, 'name') === name)!;
const privilegesOf = (role: XmlElement) => [...descendants(role, 'RolePrivilege')];

/** Privileges of tables that do not carry the name of the table, or of none. */
const tableOfNoun: Readonly<Record<string, string>> = { Note: 'Annotation', Activity: 'ActivityPointer' };
const ofNoTable = ['prvSendAsUser'];

const tablesIn = (role: XmlElement) =>
  valuesOf(privilegesOf(role), 'name')
    .filter((name) => !ofNoTable.includes(name))
    .map(split)
    .map(({ verb, table }) => ({ verb, table: tableOfNoun[table] ?? table }));

test('every privilege is of a table that exists, by its schema name, once in a role', () => {
  expect(roles()).toHaveLength(4);
  for (const role of roles()) {
    const names = valuesOf(privilegesOf(role), 'name');
    expect(tablesIn(role).filter(({ table }) => ownership(table) === undefined)).toEqual([]);
    expect(repeated(names)).toEqual([]);
    expect(names).toEqual([...names].sort());
  }
});

test('tables nobody owns are granted for the whole organization, the only depth they have', () => {
  for (const role of roles()) {
    const shallow = privilegesOf(role).filter(
      (one) => !ofNoTable.includes(attribute(one, 'name')!) && attribute(one, 'level') !== 'Global',
    );
    const unowned = valuesOf(shallow, 'name').filter((name) => {
      const { table } = split(name);
      return !/^(User|Business)Owned$/.test(ownership(tableOfNoun[table] ?? table) ?? '');
    });
    expect(unowned).toEqual([]);
  }
});

test.each([
  ['FnO Service Representative', /^(mserp_|fno_|msdyn_dualwrite|cdm_)/, []],
  ['FnO Sales Representative', /^(mserp_|fno_addresschange|fno_eventlog|cdm_|Account)/, []],
  ['FnO Sales Manager', /^(mserp_|fno_addresschange|fno_eventlog|cdm_|Account)/, ['Incident', 'fno_creditlimitrequest']],
  ['FnO Flow Runner', /^(mserp_|cdm_|Contact|Team|SystemUser)/, ['Incident', 'fno_creditlimitrequest']],
])('%s deletes and shares nothing of ours, only reads what is not its own, and assigns what it must', (name, readOnly, assigned) => {
  const names = tablesIn(roleNamed(name));
  expect(names.filter(({ verb, table }) => ['Delete', 'Share'].includes(verb) && table !== 'CallbackRegistration')).toEqual([]);
  expect(names.filter(({ verb }) => verb === 'Assign').map(({ table }) => table)).toEqual(assigned);
  expect(names.filter(({ verb, table }) => readOnly.test(table) && !['Read', 'AppendTo'].includes(verb))).toEqual([]);
});

test('column security covers every decision column, and only deciders may write them', () => {
  const secured = [...descendants(tableOf(solution, 'fno_creditlimitrequest'), 'attribute')]
    .filter((column) => childText(column, 'IsSecured') === '1')
    .map((column) => childText(column, 'LogicalName'));
  expect(secured.sort()).toEqual([
    'fno_decidedby',
    'fno_decidedon',
    'fno_decision',
    'fno_decisionreason',
    'fno_seconddecidedby',
    'fno_seconddecidedon',
    'fno_seconddecision',
    'fno_seconddecisionreason',
  ]);
  const writable = Object.fromEntries(
    parts(solution, 'FieldSecurityProfiles', 'FieldSecurityProfile').map((profile) => {
      const permissions = [...descendants(profile, 'FieldPermission')];
      expect(permissions.map((one) => childText(one, 'AttributeName')).sort()).toEqual(secured);
      expect(permissions.every((one) => childText(one, 'CanRead') === '4')).toBe(true);
      const written = permissions.filter((one) => childText(one, 'CanUpdate') === '4');
      return [attribute(profile, 'name'), written.map((one) => childText(one, 'AttributeName')).sort()];
    }),
  );
  expect(writable).toEqual({
    'FnO Credit Deciders': secured.slice(0, 4),
    'FnO Credit Decision Readers': [],
    'FnO Credit Flow Runner': secured,
    'FnO Credit Second Deciders': secured,
  });
});

test('every table of the site map is in the app, and the app shows our form and view', () => {
  const components = [...descendants(solution.customizations, 'AppModuleComponent')];
  const tables = valuesOf(components, 'schemaName');
  const areas = [...descendants(solution.customizations, 'SubArea')];
  expect(valuesOf(areas, 'Entity').filter((table) => !tables.includes(table))).toEqual([]);
  expect(repeated(['Area', 'Group', 'SubArea'].flatMap((name) => valuesOf(descendants(solution.customizations, name), 'Id')))).toEqual([]);
  const ids = valuesOf(components, 'id');
  const known = [...formsOf(solution).map(({ id }) => id), ...viewsOf(solution).map(({ view }) => childText(view, 'savedqueryid'))];
  expect(ids.length).toBeGreaterThan(2);
  expect(ids.filter((id) => !known.includes(id))).toEqual([]);
});

test('the app is open to the roles of people, and its icon is a web resource of ours', () => {
  const [app] = parts(solution, 'AppModules', 'AppModule');
  const people = roles().filter((role) => attribute(role, 'name') !== 'FnO Flow Runner');
  expect(valuesOf(descendants(app!, 'Role'), 'id').slice(1).sort()).toEqual(valuesOf(people, 'id').sort());
  const icons = parts(solution, 'WebResources', 'WebResource').map((one) => childText(one, 'WebResourceId'));
  expect(icons).toContain(`{${childText(app, 'WebResourceId')}}`);
});

test('every table of the app can be read by each role of people', () => {
  const tables = [...descendants(solution.customizations, 'AppModuleComponent')].filter((one) => attribute(one, 'type') === '1');
  for (const role of roles().filter((one) => attribute(one, 'name') !== 'FnO Flow Runner')) {
    const readable = tablesIn(role)
      .filter(({ verb }) => verb === 'Read')
      .map(({ table }) => table.toLowerCase());
    expect(valuesOf(tables, 'schemaName').filter((table) => !readable.includes(table))).toEqual([]);
  }
});
