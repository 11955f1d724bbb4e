/** Views a user makes from others: kept, changed, taken away, and seen by nobody else. */
import { violationsOn } from '../support/axe.ts';
import { houseInBrowser } from '../support/house-in-browser.ts';

const house = houseInBrowser();
beforeEach(async () => {
  await house.open('pagetype=entitylist&etn=ora_tree');
  await house.page.getByRole('gridcell', { name: 'Boskoop' }).waitFor();
});
afterEach(async () => {
  for (const { userqueryid } of await rows('userqueries?$select=userqueryid'))
    await house.dataverse('DELETE', `userqueries(${userqueryid})`);
});

const { rows, dialog } = house;
const names = () => house.page.locator('[role=row] [role=gridcell] a').allInnerTexts();
const option = async (name: string) => {
  await house.page.getByRole('button', { name: 'View options' }).click();
  await house.page.getByRole('menuitem', { name }).click();
};

async function saveAs(name: string): Promise<void> {
  await option('Save as new view');
  await dialog().getByLabel('Name').fill(name);
  await dialog().getByRole('button', { name: 'Save' }).click();
  await house.page.getByRole('combobox', { name: 'Select a view' }).getByText(name).waitFor();
}

test('the rows as they are ordered become a view of one’s own, which is there again', async () => {
  await house.page.getByRole('columnheader', { name: 'Name' }).click();
  await house.page.getByRole('columnheader', { name: 'Name', exact: false }).click();
  await house.page.waitForFunction(() => document.querySelector('[aria-sort=descending]') !== null);
  const ordered = await names();
  await saveAs('Trees backwards');
  const [view] = await rows('userqueries?$select=name,returnedtypecode,querytype,fetchxml,layoutxml');
  expect(view).toMatchObject({ name: 'Trees backwards', returnedtypecode: 'ora_tree', querytype: 0 });
  expect(view.fetchxml).toMatch(/<order attribute="ora_name" descending="true"/);
  await house.page.reload();
  await house.page.getByRole('combobox', { name: 'Select a view' }).getByText('Trees backwards').waitFor();
  await house.page.getByRole('gridcell', { name: 'Boskoop' }).waitFor();
  expect(await names()).toEqual(ordered);
  await house.page.getByRole('combobox', { name: 'Select a view' }).click();
  await house.page.getByText('My Views').waitFor();
  expect(await violationsOn(house.page)).toEqual([]);
});

test('it is changed and taken away; views of the system are neither', async () => {
  await house.page.getByRole('button', { name: 'View options' }).click();
  expect(await house.page.getByRole('menu').getByRole('menuitem').allInnerTexts()).toEqual(['Save as new view']);
  await house.page.keyboard.press('Escape');
  await saveAs('Mine');
  await house.page.getByRole('columnheader', { name: 'Height' }).click();
  await house.page.waitForFunction(() => document.querySelector('[aria-sort=ascending]') !== null);
  await option('Save changes to current view');
  await expect(
    (async () => {
      for (let tries = 0; tries < 50; tries++) {
        const [{ fetchxml }] = await rows('userqueries?$select=fetchxml');
        if (fetchxml.includes('ora_height" descending="false"')) return 'kept';
        await house.page.waitForTimeout(100);
      }
      return 'not kept';
    })(),
  ).resolves.toBe('kept');
  await option('Delete view');
  await dialog().getByRole('button', { name: 'Delete' }).click();
  await house.page.getByRole('combobox', { name: 'Select a view' }).getByText('Mine').waitFor({ state: 'detached' });
  expect(await rows('userqueries?$select=name')).toEqual([]);
});

test('a view needs a name, and nothing is made when the dialog is left', async () => {
  await option('Save as new view');
  await dialog().getByLabel('Name').fill(' ');
  await dialog().getByRole('button', { name: 'Save' }).click();
  await dialog().getByText('Name : Required fields must be filled in.').waitFor();
  expect(await violationsOn(house.page, '[role=dialog]')).toEqual([]);
  await dialog().getByRole('button', { name: 'Cancel' }).click();
  expect(await rows('userqueries?$select=name')).toEqual([]);
});
