/** The search box on top of every page of an app, and the page of what was found. */
import type { Browser } from 'playwright-core';
import { openApp, type AppPage, type AppPageOptions } from '../support/app-page.ts';
import { violationsOn } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { admin, startTestEmulator, type TestEmulator } from '../support/emulator.ts';

let emulator: TestEmulator;
let browser: Browser;
let app: AppPage;

beforeAll(async () => {
  [emulator, browser] = await Promise.all([startTestEmulator(), launchBrowser()]);
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await emulator?.stop();
});
afterEach(() => app.close());

const box = () => app.page.locator('header').getByRole('searchbox');
const results = () => app.page.getByRole('heading', { name: /^Search results for/, level: 1 });

async function search(text: string, options: AppPageOptions = {}): Promise<void> {
  app = await openApp(browser, emulator, options);
  await app.page.getByRole('gridcell', { name: 'US-001' }).waitFor();
  await box().fill(text);
  await box().press('Enter');
  await results().waitFor();
}

test('finds rows of the tables of the app, grouped by table, and opens one by the keyboard', async () => {
  await emulator.dataverse('POST', 'incidents', {
    as: admin,
    body: { title: 'Lanternworks case', 'customerid_account@odata.bind': `/accounts(${await customer()})` },
  });
  await search('US-001 lanternworks');
  // What was searched for stands in the address, and in the box.
  await app.page.reload();
  await app.page.getByText('Rows found: 2').waitFor();
  expect(await box().inputValue()).toBe('US-001 lanternworks');
  const headings = await app.page.getByRole('heading', { level: 2 }).allInnerTexts();
  expect(headings.filter((one) => /\(1\)$/.test(one)).sort()).toEqual(['Accounts (1)', 'Cases (1)']);
  expect(await app.page.getByText('Account Number: US-001').count()).toBe(1);
  const found = app.page.getByRole('region', { name: 'Cases (1)' }).getByRole('link', { name: 'Lanternworks case' });
  expect(await found.locator('mark').allInnerTexts()).toEqual(['Lanternworks']);
  await found.focus();
  await app.page.keyboard.press('Enter');
  await app.page.getByRole('heading', { level: 1, name: /Lanternworks case/ }).waitFor();
  expect(app.troubles).toEqual([]);
});

const customer = async () =>
  (await emulator.dataverse('GET', "accounts?$select=accountid&$filter=accountnumber eq 'US-001'", { as: admin })).body
    .value[0].accountid as string;

test('says that nothing was found, and why nothing can be searched', async () => {
  await search('zzzzyyyy');
  await app.page.getByText('Nothing was found.').waitFor();
  const [{ organizationid }] = (await emulator.dataverse('GET', 'organizations?$select=organizationid', { as: admin }))
    .body.value;
  const turn = (on: boolean) =>
    emulator.dataverse('PATCH', `organizations(${organizationid})`, {
      as: admin,
      body: { isexternalsearchindexenabled: on },
    });
  await turn(false);
  await app.page.reload();
  await app.page.getByRole('alert').getByText('Dataverse Search feature is disabled for this organization.').waitFor();
  await turn(true);
});

test.each([
  ['light', {}],
  ['dark', {}],
  ['light', { context: { forcedColors: 'active' } }],
  ['light', { context: { viewport: { width: 480, height: 900 } } }],
] as const)('keeps the rules of WCAG: %s %j', async (theme, options) => {
  await search('US-001', { theme, ...options });
  await app.page.getByText(/^Rows found/).waitFor();
  expect(await violationsOn(app.page)).toEqual([]);
});
