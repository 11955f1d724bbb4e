/** The search box over a list: of a virtual table it does nothing until a maker adds columns to the quick find view. */
import type { Browser } from 'playwright-core';
import { openApp, type AppPage } from '../support/app-page.ts';
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

const table = 'mserp_currencyentity';
const dataverse = (method: string, path: string, body?: object) =>
  emulator.dataverse(method, path, { as: admin, ...(body === undefined ? {} : { body }) });

async function show(name: string): Promise<void> {
  const catalogue = 'mserp_financeandoperationsentities';
  const { value } = (await dataverse('GET', `${catalogue}?$filter=mserp_physicalname eq '${name}'`)).body;
  const row = `${catalogue}(${value[0].mserp_financeandoperationsentityid})`;
  expect((await dataverse('PATCH', row, { mserp_hasbeengenerated: true })).status).toBe(204);
  await emulator.console('POST', '/clock', { advanceMs: 1000 });
  await emulator.console('POST', '/idle', { timeoutMs: 30_000 });
}

async function search(text: string): Promise<string[]> {
  const box = app.page.getByRole('searchbox', { name: 'Filter Currencies (mserp) by keyword' });
  await box.fill(text);
  const answered = app.page.waitForResponse((answer) => /fetchXml=|\$batch/.test(answer.url()));
  await box.press('Enter');
  await answered;
  await app.page.getByRole('gridcell', { name: 'EUR', exact: true }).first().waitFor();
  return app.page.getByRole('gridcell').allInnerTexts();
}

test('is without effect on a virtual table, until its quick find view has a column', async () => {
  await show('CurrencyEntity');
  app = await openApp(browser, emulator, { as: admin });
  const [{ appmoduleid }] = (await dataverse('GET', 'appmodules?$select=appmoduleid')).body.value;
  const list = `${emulator.origin}/main.aspx?appid=${appmoduleid}&pagetype=entitylist&etn=${table}`;
  await app.page.goto(list);
  await app.page.getByRole('gridcell', { name: 'USD', exact: true }).first().waitFor();
  expect(await search('Euro')).toContain('USD');
  const views = `savedqueries?$filter=returnedtypecode eq '${table}' and querytype eq 4`;
  const [view] = (await dataverse('GET', views)).body.value;
  const find =
    '<filter type="or" isquickfindfields="1"><condition attribute="mserp_name" operator="like" value="{0}" /></filter>';
  const fetchxml = view.fetchxml.replace('</entity>', `${find}</entity>`);
  expect((await dataverse('PATCH', `savedqueries(${view.savedqueryid})`, { fetchxml })).status).toBe(204);
  await app.page.reload();
  await app.page.getByRole('gridcell', { name: 'USD', exact: true }).first().waitFor();
  const found = await search('Euro');
  expect(found).toContain('EUR');
  expect(found).not.toContain('USD');
  expect(app.troubles).toEqual([]);
});
