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

test('a run of a flow shows what its actions were given and gave, and is run again', async () => {
  const hostile = '<img src=x onerror="window.hacked=1">';
  const key = "CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')?cross-company=true";
  await emulator.financeOperations('PATCH', key, { as: admin, body: { InvoiceAddressStreet: hostile } });
  await emulator.console('POST', '/idle', { timeoutMs: 30_000 });
  app = await openApp(browser, emulator);
  const { page } = app;
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('menuitem', { name: 'Flow runs' }).click();
  await page.getByRole('gridcell', { name: 'Succeeded' }).waitFor();
  await page.locator('[role=gridcell] a').first().click();
  await page.getByRole('heading', { name: 'address-change-confirm' }).waitFor();
  await page.locator('summary').filter({ hasText: 'Held by Dataverse' }).click();
  await page
    .locator('details[open] pre', { hasText: JSON.stringify(hostile).slice(1, -1) })
    .first()
    .waitFor();
  await page.getByRole('menuitem', { name: 'Resubmit' }).click();
  await page.getByRole('menuitem', { name: 'Go back' }).click();
  await emulator.console('POST', '/idle', { timeoutMs: 30_000 });
  await page.getByRole('menuitem', { name: 'Refresh' }).click();
  await page.getByRole('gridcell', { name: 'Succeeded' }).nth(1).waitFor();
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
  expect(app.troubles).toEqual([]);
});

test('a run there is not is told, and leads nowhere worse', async () => {
  app = await openApp(browser, emulator);
  await app.page.goto(`${emulator.origin}/integration-centre/flow-runs?id=11111111-2222-4333-8444-555555555555`);
  await app.page
    .getByRole('alert')
    .getByText(/no flow run/i)
    .waitFor();
});
