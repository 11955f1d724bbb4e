import { aDataverse } from '../../../../support/a-dataverse.ts';

test('a table names its privileges: those of rows with owners reach different depths', async () => {
  const platform = await aDataverse();
  const read = async (name: string) =>
    (await platform.call('GET', `EntityDefinitions(LogicalName='${name}')?$select=Privileges`)).body.Privileges;
  const [owned, unowned] = [await read('account'), await read('customcontrol')];
  expect(owned.map((one: { PrivilegeType: string }) => one.PrivilegeType)).toEqual([
    'Create',
    'Read',
    'Write',
    'Delete',
    'Assign',
    'Share',
    'Append',
    'AppendTo',
  ]);
  expect(owned[1]).toMatchObject({ Name: 'prvReadAccount', CanBeBasic: true, CanBeGlobal: true });
  expect(unowned.map((one: { Name: string }) => one.Name)).toContain('prvReadCustomControl');
  expect(unowned.map((one: { PrivilegeType: string }) => one.PrivilegeType)).not.toContain('Assign');
  const id = owned[1].PrivilegeId;
  expect((await platform.call('GET', `privileges(${id})?$select=name`)).body.name).toBe('prvReadAccount');
  platform.close();
});
