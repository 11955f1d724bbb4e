/** Commands of solutions on forms, lists and grids of forms; the app in German. */
import { houseInBrowser } from '../support/house-in-browser.ts';
import { packHouseIds } from '../support/pack-house.ts';

const house = houseInBrowser();
const { rows, dialog, open } = house;
const said = () =>
  house.page.evaluate(() => (window as unknown as { Orchard: { Tree: { said: unknown } } }).Orchard.Tree.said);

async function treeId(name: string): Promise<string> {
  return (await rows(`ora_trees?$select=ora_treeid&$filter=ora_name eq '${name}'`))[0].ora_treeid;
}

test('a command of a form is handed the form, asks, and tells', async () => {
  await open(`pagetype=entityrecord&etn=ora_tree&id=${await treeId('Boskoop')}`);
  await house.page.getByRole('menuitem', { name: 'Greet' }).click();
  await dialog().getByText('Boskoop').waitFor();
  await dialog().getByRole('button', { name: 'Hello' }).click();
  await house.page.getByText('Greeted').waitFor();
});

test('a command of a list below a drop-down is handed the rows that are marked; a hidden one is not there', async () => {
  await open('pagetype=entitylist&etn=ora_tree');
  await house.page
    .getByRole('row', { name: /Boskoop/ })
    .getByRole('radio')
    .or(house.page.getByRole('row', { name: /Boskoop/ }).getByRole('checkbox'))
    .first()
    .click();
  await house.page.getByRole('menuitem', { name: 'Deactivate' }).waitFor();
  expect(await house.page.getByRole('menuitem', { name: 'Hidden' }).count()).toBe(0);
  await house.page.getByRole('menuitem', { name: 'Tools' }).click();
  await house.page.getByRole('menuitem', { name: 'Count them' }).click();
  await house.page.waitForFunction(() => 'Orchard' in window);
  const id = `{${(await treeId('Boskoop')).toUpperCase()}}`;
  expect(await said()).toMatchObject([['ora_tree', [{ Id: id, Name: 'Boskoop', TypeName: 'ora_tree' }], 'x']]);
});

test('a command that runs a formula says that it is not emulated', async () => {
  await open('pagetype=entitylist&etn=ora_tree');
  await house.page.getByRole('menuitem', { name: 'Formula' }).click();
  await dialog().getByText("The formula of the command 'Formula' is not emulated.").waitFor();
});

test('a grid on a form has commands of its own, and makes rows that belong to the form', async () => {
  const [{ accountid }] = await rows("accounts?$select=accountid&$filter=accountnumber eq 'US-001'");
  await open(`pagetype=entityrecord&etn=account&id=${accountid}&formid=${packHouseIds.accountForm}`);
  const grid = house.page.getByRole('region', { name: 'Their trees' });
  await grid.getByRole('gridcell', { name: 'Elstar' }).waitFor();
  await grid.getByRole('menuitem', { name: 'Water' }).click();
  await house.page.waitForFunction(() => 'Orchard' in window);
  expect(await said()).toEqual([['account', `{${accountid.toUpperCase()}}`, []]]);
  await grid.getByRole('menuitem', { name: 'New ora_Tree' }).click();
  await house.page.locator('.quick-create').getByLabel('Name').fill('Topaz');
  await house.page.getByRole('button', { name: 'Save & Close' }).click();
  await grid.getByRole('gridcell', { name: 'Topaz' }).waitFor();
  const [tree] = await rows("ora_trees?$select=_ora_accountid_value&$filter=ora_name eq 'Topaz'");
  expect(tree._ora_accountid_value).toBe(accountid);
});

test('in German: the shell, labels of solutions, numbers and dates by the personal settings the user changes', async () => {
  await open('pagetype=entitylist&etn=ora_tree');
  await house.page.getByRole('button', { name: 'Settings' }).click();
  await house.page.getByRole('menuitem', { name: 'Personalization settings' }).click();
  await dialog().getByRole('combobox', { name: 'User interface language' }).click();
  await house.page.getByRole('option', { name: 'Deutsch' }).click();
  await dialog().getByRole('combobox', { name: 'Format' }).click();
  await house.page.getByRole('option', { name: 'German (Germany)' }).click();
  await dialog().getByRole('button', { name: 'Save' }).click();
  await house.page.getByRole('menuitem', { name: 'Diagramm anzeigen' }).waitFor();
  expect(await house.page.evaluate(() => document.documentElement.lang)).toBe('de');
  await house.page.getByRole('combobox', { name: 'Ansicht auswählen' }).getByText('Aktive Bäume').waitFor();
  await house.page.getByRole('menuitem', { name: 'Werkzeuge' }).waitFor();
  await house.page.getByRole('link', { name: 'Bäume' }).waitFor();
  await house.page.getByRole('gridcell', { name: '10.3.2024' }).waitFor();
  await house.page.getByRole('link', { name: 'Boskoop' }).click();
  await house.page.getByRole('menuitem', { name: 'Speichern und schließen' }).waitFor();
  await house.page.getByRole('tab', { name: 'Baum' }).waitFor();
  await house.page.getByText('Notiz eingeben...').waitFor();
  await house.page.getByRole('button', { name: 'Einstellungen' }).click();
  await house.page.getByRole('menuitem', { name: 'Personalisierungseinstellungen' }).click();
  await dialog().getByRole('combobox', { name: 'Sprache der Benutzeroberfläche' }).click();
  await house.page.getByRole('option', { name: 'English' }).click();
  await dialog().getByRole('button', { name: 'Speichern' }).click();
  await house.page.getByRole('menuitem', { name: 'Save & Close' }).waitFor();
});
