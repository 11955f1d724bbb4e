import {
  attribute,
  broken,
  childText,
  columnsOf,
  descendants,
  install,
  lookupTypes,
  type Installed,
} from './installed-tables.ts';

let installed: Installed;
beforeAll(async () => {
  installed = await install();
});

const oneToMany = () =>
  installed.relationships.filter((one) => childText(one, 'EntityRelationshipType') === 'OneToMany');
const relationshipsOf = (table: string, column: string) =>
  oneToMany().filter(
    (one) => childText(one, 'ReferencingEntityName') === table && childText(one, 'ReferencingAttributeName') === column,
  );

test('relationships stand behind every lookup: two for a customer, several for a polymorphic one, one for all others', () => {
  const bad = broken(
    columnsOf(installed).filter(({ column }) => lookupTypes.includes(column.type)),
    ({ table, column }) => {
      const count = relationshipsOf(table.schemaName, column.schemaName).length;
      const several = column.type === 'customer' || childText(column.node, 'LookupStyle') === 'polymorphic';
      return several ? count > 1 : count === 1;
    },
    ({ table, column }) => `${table.schemaName}.${column.name}`,
  );
  expect(bad).toEqual([]);
});

test('relationships join tables that exist through a lookup column that exists', () => {
  const bad = broken(
    oneToMany(),
    (one) => {
      const table = installed.tables.get(childText(one, 'ReferencingEntityName'));
      const column = table?.columns.get(childText(one, 'ReferencingAttributeName').toLowerCase());
      return (
        installed.tables.has(childText(one, 'ReferencedEntityName')) &&
        column !== undefined &&
        lookupTypes.includes(column.type) &&
        column.schemaName === childText(one, 'ReferencingAttributeName')
      );
    },
    (one) => attribute(one, 'Name')!,
  );
  expect(bad).toEqual([]);
});

test('relationships have unique names of at most 100 characters, and unique navigation names per table', () => {
  const names = installed.relationships.map((one) => attribute(one, 'Name')!);
  expect(names.filter((name) => name.length > 100)).toEqual([]);
  expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
  const navigation = oneToMany().map((one) => {
    const role = [...descendants(one, 'EntityRelationshipRole')].find(
      (each) => childText(each, 'RelationshipRoleType') === '1',
    );
    return `${childText(one, 'ReferencingEntityName')}/${role === undefined ? childText(one, 'ReferencingAttributeName').toLowerCase() : childText(role, 'NavigationPropertyName')}`;
  });
  expect(navigation.filter((name, index) => navigation.indexOf(name) !== index)).toEqual([]);
});

test('relationships never remove a link that is required', () => {
  const bad = broken(
    oneToMany(),
    (one) => {
      const column = installed.tables
        .get(childText(one, 'ReferencingEntityName'))!
        .columns.get(childText(one, 'ReferencingAttributeName').toLowerCase())!;
      return !(
        childText(one, 'CascadeDelete') === 'RemoveLink' && childText(column.node, 'RequiredLevel') === 'systemrequired'
      );
    },
    (one) => attribute(one, 'Name')!,
  );
  expect(bad).toEqual([]);
});

test('many-to-many relationships join tables that exist', () => {
  const many = installed.relationships.filter((one) => childText(one, 'EntityRelationshipType') === 'ManyToMany');
  expect(many.map((one) => childText(one, 'IntersectEntityName')).sort()).toEqual([
    'appmoduleroles',
    'queuemembership',
    'systemuserprofiles',
    'systemuserroles',
    'teammembership',
    'teamprofiles',
    'teamroles',
  ]);
  const tables = many.flatMap((one) => [childText(one, 'FirstEntityName'), childText(one, 'SecondEntityName')]);
  expect(tables.filter((name) => !installed.tables.has(name))).toEqual([]);
});
