/** Views a user makes from others: kept, changed, taken away, and seen by nobody else. */
import type { Browser } from 'playwright-core';
import { openApp, type AppPage } from '../support/app-page.ts';
import { violationsOn } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { admin, startTestEmulator, type TestEmulator } from '../support/emulator.ts';
import { openPackHouse } from '../support/pack-house.ts';

let emulator: TestEmulator;
let browser: Browser;
let app: AppPage;

beforeAll(async () => {
  [emulator, browser] = await Promise.all([startTestEmulator(), launchBrowser()]);
  await openPackHouse(emulator);
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await emulator?.stop();
});
beforeEach(async () => {
  app = await openApp(browser, emulator, { as: admin });
  await app.page.goto(`${emulator.origin}/main.aspx?appname=ora_PackHouse&pagetype=entitylist&etn=ora_tree`);
  await app.page.getByRole('gridcell', { name: 'Boskoop' }).waitFor();
});
afterEach(async () => {
  expect(app.troubles).toEqual([]);
  await app.close();
  for (const { userqueryid } of await rows('userqueries?$select=userqueryid'))
    await emulator.dataverse('DELETE', `userqueries(${userqueryid})`, { as: admin });
});

const rows = async (path: string) => (await emulator.dataverse('GET', path, { as: admin })).body.value;
const dialog = () => app.page.locator('[role=dialog], [role=alertdialog]');
const names = () => app.page.locator('[role=row] [role=gridcell] a').allInnerTexts();
const option = async (name: string) => {
  await app.page.getByRole('button', { name: 'View options' }).click();
  await app.page.getByRole('menuitem', { name }).click();
};

async function saveAs(name: string): Promise<void> {
  await option('Save as new view');
  await dialog().getByLabel('Name').fill(name);
  await dialog().getByRole('button', { name: 'Save' }).click();
  await app.page.getByRole('combobox', { name: 'Select a view' }).getByText(name).waitFor();
}

test('the rows as they are ordered become a view of one’s own, which is there again', async () => {
  await app.page.getByRole('columnheader', { name: 'Name' }).click();
  await app.page.getByRole('columnheader', { name: 'Name', exact: false }).click();
  await app.page.waitForFunction(() => document.querySelector('[aria-sort=descending]') !== null);
  const ordered = await names();
  await saveAs('Trees backwards');
  const [view] = await rows('userqueries?$select=name,returnedtypecode,querytype,fetchxml,layoutxml');
  expect(view).toMatchObject({ name: 'Trees backwards', returnedtypecode: 'ora_tree', querytype: 0 });
  expect(view.fetchxml).toMatch(/<order attribute="ora_name" descending="true"/);
  await app.page.reload();
  await app.page.getByRole('combobox', { name: 'Select a view' }).getByText('Trees backwards').waitFor();
  await app.page.getByRole('gridcell', { name: 'Boskoop' }).waitFor();
  expect(await names()).toEqual(ordered);
  await app.page.getByRole('combobox', { name: 'Select a view' }).click();
  await app.page.getByText('My Views').waitFor();
  expect(await violationsOn(app.page)).toEqual([]);
});

test('it is changed and taken away; views of the system are neither', async () => {
  await app.page.getByRole('button', { name: 'View options' }).click();
  expect(await app.page.getByRole('menu').getByRole('menuitem').allInnerTexts()).toEqual(['Save as new view']);
  await app.page.keyboard.press('Escape');
  await saveAs('Mine');
  await app.page.getByRole('columnheader', { name: 'Height' }).click();
  await app.page.waitForFunction(() => document.querySelector('[aria-sort=ascending]') !== null);
  await option('Save changes to current view');
  await expect(
    (async () => {
      for (let tries = 0; tries < 50; tries++) {
        const [{ fetchxml }] = await rows('userqueries?$select=fetchxml');
        if (fetchxml.includes('ora_height" descending="false"')) return 'kept';
        await app.page.waitForTimeout(100);
      }
      return 'not kept';
    })(),
  ).resolves.toBe('kept');
  await option('Delete view');
  await dialog().getByRole('button', { name: 'Delete' }).click();
  await app.page.getByRole('combobox', { name: 'Select a view' }).getByText('Mine').waitFor({ state: 'detached' });
  expect(await rows('userqueries?$select=name')).toEqual([]);
});

test('a view needs a name, and nothing is made when the dialog is left', async () => {
  await option('Save as new view');
  await dialog().getByLabel('Name').fill(' ');
  await dialog().getByRole('button', { name: 'Save' }).click();
  await dialog().getByText('Name : Required fields must be filled in.').waitFor();
  expect(await violationsOn(app.page, '[role=dialog]')).toEqual([]);
  await dialog().getByRole('button', { name: 'Cancel' }).click();
  expect(await rows('userqueries?$select=name')).toEqual([]);
});
