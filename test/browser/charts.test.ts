/** Charts beside a list: drawn from aggregates, narrowing the list, reached by keyboard, with a table behind them. */
import type { Browser } from 'playwright-core';
import { openApp, type AppPage } from '../support/app-page.ts';
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
  await app.page.getByRole('menuitem', { name: 'Show Chart' }).click();
  await app.page.getByRole('button', { name: 'Apple: 3', exact: true }).waitFor();
});
afterEach(async () => {
  expect(app.troubles).toEqual([]);
  await app.close();
});

const value = (name: string) => app.page.locator('svg').getByRole('button', { name, exact: true });
const names = () => app.page.locator('[role=gridcell] a').allInnerTexts();
const counts = (text: string) => app.page.getByRole('status').getByText(text, { exact: true }).waitFor();

async function choose(chart: string): Promise<void> {
  await app.page.getByRole('combobox', { name: 'Select a chart' }).click();
  await app.page.getByRole('option', { name: chart, exact: true }).click();
}

test('a click on a value narrows the list, a second click undoes it', async () => {
  await counts('1 - 7 of 7');
  await value('Pear: 2').click();
  await counts('1 - 2 of 2');
  expect(await names()).toEqual(expect.arrayContaining(['Conference', 'Williams']));
  expect(await value('Pear: 2').getAttribute('aria-pressed')).toBe('true');
  await value('Pear: 2').click();
  await counts('1 - 7 of 7');
});

test('by keyboard alone: arrows go from value to value, Enter narrows, the filter is taken away by its button', async () => {
  await value('(blank): 1').focus();
  await app.page.keyboard.press('ArrowRight');
  await app.page.keyboard.press('ArrowRight');
  await app.page.keyboard.press('Enter');
  await counts('1 - 2 of 2');
  await app.page.getByText('Showing rows of: Pear').waitFor();
  await app.page.getByRole('button', { name: 'Clear filter of the chart' }).press('Enter');
  await counts('1 - 7 of 7');
});

test('the keyword narrows list and chart alike', async () => {
  const search = app.page.getByRole('searchbox');
  await search.fill('st');
  await search.press('Enter');
  await value('Apple: 2').waitFor();
  await counts('1 - 2 of 2');
});

test('the table holds what the drawing shows, and narrows too', async () => {
  await app.page.getByText('View as table').click();
  const rows = await app.page.getByRole('table', { name: 'Trees by kind' }).getByRole('row').allInnerTexts();
  expect(rows.slice(1).map((row) => row.split(/\s+/))).toEqual([
    ['(blank)', '1'],
    ['Apple', '3'],
    ['Pear', '2'],
    ['Quince', '1'],
  ]);
  await app.page.getByRole('table').getByRole('button', { name: 'Quince: 1' }).click();
  await counts('1 - 1 of 1');
});

test('months are shown in their order, and narrow by date', async () => {
  await choose('Height by month');
  await value('Mar 2024: 550').click();
  await counts('1 - 2 of 2');
  expect(await names()).toEqual(expect.arrayContaining(['Boskoop', 'Elstar']));
});

test('two groups: each value of the second is a series', async () => {
  await choose('Kinds by customer');
  const [customer] = (
    await emulator.dataverse('GET', "accounts?$select=name&$filter=accountnumber eq 'US-001'", { as: admin })
  ).body.value;
  await value(`${customer.name}, Apple: 2`).click();
  await counts('1 - 2 of 2');
});

test('a column of a linked table narrows through its link', async () => {
  await choose('Funnel of customers');
  await value('Seattle: 3').click();
  await counts('1 - 3 of 3');
});

test('a kind of chart that is not emulated says so in its place', async () => {
  await choose('Bubbles');
  await app.page.getByText("Charts of type 'Bubble' are not emulated.").waitFor();
});
