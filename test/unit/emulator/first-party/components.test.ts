import { identityOf } from '../../../../packaging/index.ts';
import {
  attribute,
  child,
  childText,
  children,
  descend,
  descendants,
  entitiesOf,
  install,
  installOrder,
  type Installed,
} from './installed-tables.ts';

let installed: Installed;
beforeAll(async () => {
  installed = await install();
});

const tableOf = (entity: Parameters<typeof childText>[0]) => installed.tables.get(childText(entity, 'Name'))!;

test('every solution is managed and named as its folder', () => {
  expect(installed.packages.map(({ solution }) => identityOf(solution).uniqueName)).toEqual(installOrder);
  expect(installed.packages.every(({ solution }) => identityOf(solution).isManaged)).toBe(true);
});

test.each(installOrder)('root components of %s and its content agree both ways', (name) => {
  const { solution } = installed.packages.find((each) => each.name === name)!;
  const roots = [...descendants(solution.manifest, 'RootComponent')].map(
    (part) =>
      `${attribute(part, 'type')}:${attribute(part, 'schemaName') ?? attribute(part, 'id')}:${attribute(part, 'behavior')}`,
  );
  const tables = entitiesOf(solution).map((entity) => {
    const isWhole = descend(entity, 'EntityInfo', 'entity', 'EntitySetName') !== undefined;
    return `1:${childText(entity, 'Name').toLowerCase()}:${isWhole ? 0 : 2}`;
  });
  const choices = children(child(solution.customizations, 'optionsets'), 'optionset').map(
    (choice) => `9:${attribute(choice, 'Name')}:0`,
  );
  const roles = children(child(solution.customizations, 'Roles'), 'Role').map(
    (role) => `20:${attribute(role, 'id')}:0`,
  );
  const resources = children(child(solution.customizations, 'WebResources'), 'WebResource').map(
    (resource) => `61:${childText(resource, 'Name')}:0`,
  );
  expect(roots.sort()).toEqual([...tables, ...choices, ...roles, ...resources].sort());
});

test('every solution builds on itself and earlier ones only', () => {
  const known = new Set<string>();
  const early: string[] = [];
  for (const { name, solution } of installed.packages) {
    for (const entity of entitiesOf(solution)) {
      const isWhole = descend(entity, 'EntityInfo', 'entity', 'EntitySetName') !== undefined;
      const table = childText(entity, 'Name');
      if (isWhole === known.has(table)) early.push(`${name} ${table}`);
      known.add(table);
    }
    for (const relationship of children(child(solution.customizations, 'EntityRelationships'), 'EntityRelationship')) {
      const ends = ['ReferencingEntityName', 'ReferencedEntityName', 'FirstEntityName', 'SecondEntityName'];
      const tables = ends.map((end) => childText(relationship, end)).filter((table) => table !== '');
      if (tables.some((table) => !known.has(table))) early.push(`${name} ${attribute(relationship, 'Name')}`);
    }
  }
  expect(early).toEqual([]);
});

test('every table a lookup leads to has its lookup view', () => {
  const withView = new Set<string>();
  for (const { solution } of installed.packages) {
    for (const entity of entitiesOf(solution)) {
      const kinds = [...descendants(entity, 'savedquery')].map((view) => childText(view, 'querytype'));
      if (kinds.includes('64')) withView.add(childText(entity, 'Name'));
    }
  }
  const targets = installed.relationships
    .map((one) => childText(one, 'ReferencedEntityName'))
    .filter((name) => name !== '');
  expect([...new Set(targets)].filter((name) => !withView.has(name))).toEqual([]);
});

test('views read columns of their table, show only what they read and end at the primary key', () => {
  const bad: string[] = [];
  for (const { solution } of installed.packages) {
    for (const entity of entitiesOf(solution)) {
      const table = tableOf(entity);
      const key = [...table.columns.values()].find((column) => column.type === 'primarykey')!.name;
      for (const view of descendants(entity, 'savedquery')) {
        const fetch = descend(view, 'fetchxml', 'fetch', 'entity')!;
        const read = children(fetch, 'attribute').map((column) => attribute(column, 'name')!);
        const used = [...descendants(fetch, 'order'), ...descendants(fetch, 'condition')].map((part) =>
          attribute(part, 'attribute')!,
        );
        const cells = [...descendants(view, 'cell')].map((cell) => attribute(cell, 'name')!);
        const fits =
          attribute(fetch, 'name') === table.logicalName &&
          [...read, ...used].every((column) => table.columns.has(column)) &&
          cells.every((cell) => read.includes(cell)) &&
          [...descendants(view, 'row')].every((row) => attribute(row, 'id') === key);
        if (!fits) bad.push(`${table.schemaName} ${childText(view, 'savedqueryid')}`);
      }
    }
  }
  expect(bad).toEqual([]);
});

test('tables a user meets have the whole set of views, lookup view included', () => {
  for (const name of [
    'Account',
    'Contact',
    'SystemUser',
    'Team',
    'CustomerAddress',
    'TransactionCurrency',
    'Incident',
    'ActivityPointer',
    'Email',
    'Task',
    'Queue',
    'cdm_Company',
    'msdyn_customergroup',
    'msdyn_party',
    'msdyn_postaladdress',
    'mserp_custcustomerv3entity',
  ]) {
    const kinds = [...descendants(installed.tables.get(name)!.node, 'savedquery')].map((view) =>
      childText(view, 'querytype'),
    );
    expect([name, ...['0', '1', '2', '4', '64'].filter((kind) => !kinds.includes(kind))]).toEqual([name]);
  }
});

test('forms show columns of their table, with ids unique in the form and subgrids that exist', () => {
  const views = installed.packages
    .flatMap(({ solution }) => [...descendants(solution.customizations, 'savedqueryid')])
    .map((id) => id.children.map((part) => (part.kind === 'text' ? part.text : '')).join(''));
  const relationships = installed.relationships.map((one) => attribute(one, 'Name'));
  const bad: string[] = [];
  for (const { solution } of installed.packages) {
    for (const entity of entitiesOf(solution)) {
      const table = tableOf(entity);
      for (const form of descendants(entity, 'systemform')) {
        const controls = [...descendants(form, 'control')];
        const fields = controls
          .map((control) => attribute(control, 'datafieldname'))
          .filter((field) => field !== undefined);
        const ids = [...descendants(form, 'tab'), ...descendants(form, 'section'), ...descendants(form, 'cell')].map(
          (part) => attribute(part, 'id'),
        );
        const grids = controls
          .filter((control) => attribute(control, 'indicationOfSubgrid') === 'true')
          .map((control) => child(control, 'parameters'));
        const fits =
          fields.length > 0 &&
          fields.every((field) => table.columns.has(field)) &&
          new Set(ids).size === ids.length &&
          grids.every(
            (grid) =>
              views.includes(childText(grid, 'ViewId')) && relationships.includes(childText(grid, 'RelationshipName')),
          );
        if (!fits) bad.push(`${table.schemaName} ${childText(form, 'formid')}`);
      }
    }
  }
  expect(bad).toEqual([]);
});

test('ids of forms, views and roles are unique over all solutions', () => {
  const ids = installed.packages.flatMap(({ solution }) => [
    ...['formid', 'savedqueryid'].flatMap((name) =>
      [...descendants(solution.customizations, name)].map((id) => JSON.stringify(id.children)),
    ),
    ...children(child(solution.customizations, 'Roles'), 'Role').map((role) => attribute(role, 'id')!),
  ]);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

test('roles name privileges of tables that exist, organisation-owned ones at Global', () => {
  const schemas = [...installed.tables.keys()];
  const bad: string[] = [];
  for (const { solution } of installed.packages) {
    for (const privilege of descendants(solution.customizations, 'RolePrivilege')) {
      const [, verb, schema] =
        /^prv(Create|Read|Write|Delete|AppendTo|Append|Assign|Share)(.+)$/.exec(attribute(privilege, 'name')!) ?? [];
      // The platform names the privileges of charts in the plural.
      const table = installed.tables.get(schemas.find((one) => one === schema || `${one}s` === schema) ?? '');
      const ownership = childText(descend(table?.node, 'EntityInfo', 'entity'), 'OwnershipTypeMask');
      const fits =
        table !== undefined &&
        (ownership === 'UserOwned' ||
          (attribute(privilege, 'level') === 'Global' && verb !== 'Assign' && verb !== 'Share'));
      if (!fits) bad.push(attribute(privilege, 'name')!);
    }
  }
  expect(bad).toEqual([]);
});

test('System Administrator lists no privileges: it has them all', () => {
  const roles = [...descendants(installed.packages[0]!.solution.customizations, 'Role')];
  const administrator = roles.find((role) => attribute(role, 'id') === '{627090ff-40a3-4053-8790-584edc5be201}')!;
  expect(attribute(administrator, 'name')).toBe('System Administrator');
  expect([...descendants(administrator, 'RolePrivilege')]).toEqual([]);
});
