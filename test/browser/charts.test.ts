/** Charts beside a list: drawn from aggregates, narrowing the list, reached by keyboard, with a table behind them. */
import { houseInBrowser } from '../support/house-in-browser.ts';

const house = houseInBrowser();
beforeEach(async () => {
  await house.open('pagetype=entitylist&etn=ora_tree');
  await house.page.getByRole('menuitem', { name: 'Show Chart' }).click();
  await house.page.getByRole('button', { name: 'Apple: 3', exact: true }).waitFor();
});

const value = (name: string) => house.page.locator('svg').getByRole('button', { name, exact: true });
const names = () => house.page.locator('[role=gridcell] a').allInnerTexts();
const counts = (text: string) => house.page.getByRole('status').getByText(text, { exact: true }).waitFor();

async function choose(chart: string): Promise<void> {
  await house.page.getByRole('combobox', { name: 'Select a chart' }).click();
  await house.page.getByRole('option', { name: chart, exact: true }).click();
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
  await house.page.keyboard.press('ArrowRight');
  await house.page.keyboard.press('ArrowRight');
  await house.page.keyboard.press('Enter');
  await counts('1 - 2 of 2');
  await house.page.getByText('Showing rows of: Pear').waitFor();
  await house.page.getByRole('button', { name: 'Clear filter of the chart' }).press('Enter');
  await counts('1 - 7 of 7');
});

test('the keyword narrows list and chart alike', async () => {
  const search = house.page.getByRole('main').getByRole('searchbox');
  await search.fill('st');
  await search.press('Enter');
  await value('Apple: 2').waitFor();
  await counts('1 - 2 of 2');
});

test('the table holds what the drawing shows, and narrows too', async () => {
  await house.page.getByText('View as table').click();
  const rows = await house.page.getByRole('table', { name: 'Trees by kind' }).getByRole('row').allInnerTexts();
  expect(rows.slice(1).map((row) => row.split(/\s+/))).toEqual([
    ['(blank)', '1'],
    ['Apple', '3'],
    ['Pear', '2'],
    ['Quince', '1'],
  ]);
  await house.page.getByRole('table').getByRole('button', { name: 'Quince: 1' }).click();
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
  const [customer] = (await house.dataverse('GET', "accounts?$select=name&$filter=accountnumber eq 'US-001'")).body
    .value;
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
  await house.page.getByText("Charts of type 'Bubble' are not emulated.").waitFor();
});
