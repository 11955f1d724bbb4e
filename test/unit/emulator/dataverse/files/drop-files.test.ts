import { aDataverse, type TestDataverse } from '../../../../support/a-dataverse.ts';
import { aColumn, anExtension, aTable, zipped, type Part } from '../../../../support/solution-builder.ts';

let platform: TestDataverse;
beforeEach(async () => void (platform = await aDataverse()));
afterEach(() => platform.close());

const paper = aColumn('ora_Paper', { type: 'file', more: '<MaxSizeInKB>64</MaxSizeInKB>' });

async function install(parts: readonly Part[]): Promise<void> {
  const CustomizationFile = (await zipped(parts, { managed: '1' })).toString('base64');
  expect((await platform.call('POST', 'ImportSolution', { body: { CustomizationFile } })).status).toBe(204);
}

async function uninstall(): Promise<void> {
  const { body } = await platform.call('GET', "solutions?$filter=uniquename eq 'Orchard'");
  expect((await platform.call('DELETE', `solutions(${body.value[0].solutionid})`)).status).toBe(204);
}

async function upload(row: string, column = 'ora_paper'): Promise<void> {
  const headers = { 'x-ms-file-name': 'a.txt', 'content-type': 'application/octet-stream' };
  expect((await platform.call('PATCH', `${row}/${column}`, { body: 'content', headers })).status).toBe(204);
}

const files = async () => (await platform.call('GET', 'fileattachments?$select=regardingfieldname')).body.value.length;
const blocks = () => platform.database.all('select 1 from "emulator$fileblocks"').length;

test('a table that goes with its solution takes its files along', async () => {
  await install([aTable('ora_Pear', { columns: paper })]);
  await upload(`ora_pears(${await platform.create('ora_pears', { ora_name: 'Conference' })})`);
  expect([await files(), blocks()]).toEqual([1, 1]);
  await uninstall();
  expect([await files(), blocks()]).toEqual([0, 0]);
});

test('so does a column of a table that stays, and files of its other columns stay', async () => {
  await platform.call('POST', "EntityDefinitions(LogicalName='account')/Attributes", {
    body: {
      '@odata.type': 'Microsoft.Dynamics.CRM.FileAttributeMetadata',
      SchemaName: 'new_Slip',
      DisplayName: { LocalizedLabels: [{ Label: 'Slip', LanguageCode: 1033 }] },
    },
  });
  await install([anExtension('Account', { columns: paper })]);
  const account = `accounts(${await platform.create('accounts', { name: 'Contoso' })})`;
  await upload(account);
  await upload(account, 'new_slip');
  expect([await files(), blocks()]).toEqual([2, 2]);
  await uninstall();
  const { body } = await platform.call('GET', 'fileattachments?$select=regardingfieldname');
  expect(body.value).toMatchObject([{ regardingfieldname: 'new_slip' }]);
  expect(blocks()).toBe(1);
  const column = "EntityDefinitions(LogicalName='account')/Attributes(LogicalName='new_slip')";
  expect((await platform.call('DELETE', column)).status).toBe(204);
  expect([await files(), blocks()]).toEqual([0, 0]);
});
