import { broken, childText, descendants, install, text, type Installed } from './installed-tables.ts';

let installed: Installed;
beforeAll(async () => {
  installed = await install();
});

test('tables have a primary key of type primarykey and exactly one primary name of type text, if any', () => {
  const bad = broken(
    installed.tables.values(),
    ({ columns: all }) => {
      const keys = [...all.values()].filter((column) => column.type === 'primarykey');
      const names = [...all.values()].filter((column) =>
        childText(column.node, 'DisplayMask').startsWith('PrimaryName|'),
      );
      return keys.length === 1 && names.length <= 1 && names.every((column) => column.type === 'nvarchar');
    },
    (table) => table.schemaName,
  );
  expect(bad).toEqual([]);
});

test('tables have set names and object type codes of their own', () => {
  const all = [...installed.tables.values()];
  expect(new Set(all.map((table) => table.set)).size).toBe(all.length);
  expect(all.filter((table) => table.set === '')).toEqual([]);
  const codes = all.map((table) => childText(table.node, 'ObjectTypeCode')).filter((code) => code !== '');
  expect(new Set(codes).size).toBe(codes.length);
});

test('tables carry the names, set names and codes clients rely on', () => {
  const found = (schema: string) => [
    installed.tables.get(schema)!.set,
    childText(installed.tables.get(schema)!.node, 'ObjectTypeCode'),
  ];
  expect(found('Account')).toEqual(['accounts', '1']);
  expect(found('SystemUser')).toEqual(['systemusers', '8']);
  expect(found('Incident')).toEqual(['incidents', '112']);
  expect(found('Email')).toEqual(['emails', '4202']);
  expect(found('ActivityParty')).toEqual(['activityparties', '135']);
  expect(found('WebResource')).toEqual(['webresourceset', '9333']);
  expect(found('SystemForm')).toEqual(['systemforms', '1030']);
  expect(installed.tables.get('SystemForm')!.columns.get('formid')!.type).toBe('primarykey');
  expect(installed.tables.get('mserp_custcustomerv3entity')!.set).toBe('mserp_custcustomerv3entities');
  expect(installed.tables.get('msdyn_party')!.set).toBe('msdyn_parties');
});

test('tables name columns of their own or inherited ones in alternate keys', () => {
  const bad = installed.packages.flatMap(({ solution }) =>
    [...descendants(solution.customizations, 'Entity')].flatMap((entity) => {
      const table = installed.tables.get(childText(entity, 'Name'))!;
      return [...descendants(entity, 'AttributeName')].map(text).filter((name) => !table.columns.has(name));
    }),
  );
  expect(bad).toEqual([]);
});
