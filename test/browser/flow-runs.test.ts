import type { Browser, Page } from 'playwright-core';
import { openApp, type AppPage } from '../support/app-page.ts';
import { launchBrowser } from '../support/browser.ts';
import { admin, startTestEmulator, type TestEmulator } from '../support/emulator.ts';
import { richFlow, richFlowSolution } from '../support/a-rich-flow.ts';

let emulator: TestEmulator;
let browser: Browser;
let app: AppPage;
let page: Page;

beforeAll(async () => {
  [emulator, browser] = await Promise.all([startTestEmulator(), launchBrowser()]);
  const body = await richFlowSolution();
  expect((await emulator.dataverse('POST', 'ImportSolution', { as: admin, body })).status).toBe(204);
  await emulator.console('POST', '/idle', { timeoutMs: 30_000 });
  await emulator.console('POST', '/snapshots/flows');
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await emulator?.stop();
});
beforeEach(async () => {
  await emulator.console('POST', '/snapshots/flows/restore');
  app = await openApp(browser, emulator, { as: admin });
  page = app.page;
});
afterEach(() => app.close());

const idle = () => emulator.console('POST', '/idle', { timeoutMs: 30_000 });
const open = (path: string) => page.goto(`${emulator.origin}/integration-centre/${path}`);
const card = (path: string) => page.locator(`.node-card[data-path="${path}"]`);
const details = () => page.getByRole('complementary');

/** Runs the rich flow to where it asks somebody, its first read tried twice. */
async function richRun(): Promise<string> {
  const where = 'connector:shared_commondataserviceforapps/ListRecords';
  await emulator.console('POST', '/faults', { where, effect: { status: 503 }, times: 1 });
  const { value } = await emulator.console('POST', `/flows/${encodeURIComponent(richFlow)}/runs`, { text: 'Contoso' });
  await idle();
  await emulator.console('POST', '/clock', { advanceMs: 5000 });
  await idle();
  return value[0].id;
}

test('a run of a flow shows what its actions were given and gave, and is run again', async () => {
  const hostile = '<img src=x onerror="window.hacked=1">';
  const key = "CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')?cross-company=true";
  await emulator.financeOperations('PATCH', key, { as: admin, body: { InvoiceAddressStreet: hostile } });
  await idle();
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('menuitem', { name: 'Flow runs' }).click();
  await page.getByRole('combobox', { name: 'Flow' }).click();
  await page.getByRole('option', { name: 'address-change-confirm' }).click();
  await page.getByRole('gridcell', { name: 'Succeeded' }).first().waitFor();
  await page.locator('[role=gridcell] a').first().click();
  await page.getByRole('heading', { name: 'address-change-confirm' }).waitFor();
  await card('Held_by_Dataverse').click();
  await details().getByText(JSON.stringify(hostile).slice(1, -1)).first().waitFor();
  await page.getByRole('menuitem', { name: 'Resubmit' }).click();
  await page.getByRole('menuitem', { name: 'Go back' }).click();
  await idle();
  await page.getByRole('menuitem', { name: 'Refresh' }).click();
  await page.getByRole('gridcell', { name: 'Succeeded' }).nth(1).waitFor();
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
  expect(app.troubles).toEqual([]);
});

test('the diagram shows how each action went: attempts, repetitions, branches, errors, and hides what is secured', async () => {
  await open(`flow-runs?id=${await richRun()}`);
  await page.getByRole('button', { name: /^List accounts.*2 attempts.*Succeeded$/ }).click();
  await details().getByText('Retry history').waitFor();
  await details().getByText('InjectedFault: Injected fault: 503.').waitFor();
  await details().getByText('entityName').waitFor();
  const loop = page.getByRole('group', { name: 'Repetitions of For each account' });
  await card('For_each_account[0]/Early').waitFor();
  expect(await card('For_each_account[0]/Late').textContent()).toContain('Skipped');
  await loop.getByRole('button', { name: /Next failed/ }).click();
  await card('For_each_account[2]/Late').click();
  await details()
    .getByText(/divisor|zero/i)
    .first()
    .waitFor();
  await loop.getByRole('button', { name: 'Previous' }).click();
  await card('For_each_account[1]/Early').waitFor();
  await card('Secret').click();
  expect(await details().getByText('Content not shown due to security configuration.').count()).toBe(2);
  expect(await page.content()).not.toContain('top secret');
  expect(await page.locator('.edge-label').allTextContents()).toContain('has failed');
  expect(app.troubles).toEqual([]);
});

test('with the keyboard alone: from card to card, open, close and back', async () => {
  await open(`flow-runs?id=${await richRun()}`);
  await card('Total').waitFor();
  await card('Total').focus();
  await page.keyboard.press('ArrowDown');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('data-path'))).toBe('Try');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await details().getByRole('heading', { name: 'Total' }).waitFor();
  const close = details().getByRole('button', { name: 'Close' });
  await close.focus();
  await page.keyboard.press('Enter');
  await details().waitFor({ state: 'detached' });
  expect(await page.evaluate(() => document.activeElement?.getAttribute('data-path'))).toBe('Total');
  await page.getByRole('button', { name: 'Collapse Try' }).focus();
  await page.keyboard.press('Enter');
  await card('List_accounts').waitFor({ state: 'detached' });
});

test('a flow is turned off and on, and run with a body its schema has checked', async () => {
  await open('flows');
  const toggle = page.getByRole('switch', { name: /^Rich flow/ });
  await toggle.click();
  await page.getByRole('switch', { name: 'Rich flow: Turn on' }).waitFor();
  await idle();
  await page.getByRole('menuitem', { name: 'Refresh' }).click();
  await page.getByRole('button', { name: 'Run Rich flow' }).and(page.locator('[disabled]')).waitFor();
  await page.getByRole('switch', { name: 'Rich flow: Turn on' }).click();
  await idle();
  await page.getByRole('menuitem', { name: 'Refresh' }).click();
  await page.getByRole('button', { name: 'Run Rich flow' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(/required property.*"text"/i).waitFor();
  expect(await dialog.getByRole('button', { name: 'Run', exact: true }).isDisabled()).toBe(true);
  await dialog.getByRole('textbox', { name: 'Customer' }).fill('Contoso');
  await dialog.getByRole('textbox', { name: 'Limit' }).fill('5');
  await dialog.getByRole('tab', { name: 'JSON' }).click();
  const json = dialog.getByRole('textbox', { name: 'Body (JSON)' });
  expect(JSON.parse(await json.inputValue())).toEqual({ text: 'Contoso', number: 5 });
  await json.fill('{ "text": "Contoso", ');
  await dialog.getByText(/This is not JSON/).waitFor();
  await json.fill('{ "text": "Fabrikam" }');
  await dialog.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByRole('heading', { name: 'Rich flow', level: 1 }).waitFor();
  await page.locator(`.node-card[data-path="(trigger)"]`).click();
  await details().getByText('Fabrikam').waitFor();
  await page.getByRole('menuitem', { name: 'Cancel run' }).click();
  await page.locator('.flow-head').getByText('Cancelled').waitFor();
  expect(app.troubles).toEqual([]);
});

test('an approval is answered, the run goes on, and what was sent lies in the outbox', async () => {
  const id = await richRun();
  await open('approvals');
  await page.getByRole('gridcell', { name: 'Waiting for an answer' }).waitFor();
  await page.getByRole('button', { name: 'Raise the limit of Contoso' }).click();
  await page.getByRole('textbox', { name: 'Comments' }).fill('Well deserved');
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.getByRole('gridcell', { name: 'Approve' }).waitFor();
  await page.getByText('Well deserved').waitFor();
  await idle();
  await open(`flow-runs?id=${id}`);
  await card('Outcome').click();
  await details().getByText('Approve', { exact: true }).first().waitFor();
  await open('outbox');
  await page.getByRole('button', { name: 'It failed' }).click();
  await page.frameLocator('.message-body').getByText('Hello there').waitFor();
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
});

test('the diagram of a flow that has not run yet is there, too', async () => {
  await open('flows');
  await page.getByRole('link', { name: 'Rich flow' }).click();
  await card('For_each_account').or(card('Try')).first().waitFor();
  await page.getByRole('menuitem', { name: 'All runs' }).click();
  await page.getByText('No run matches the filter').or(page.getByText('No flow has run yet')).waitFor();
});

test('a run there is not is told, and leads nowhere worse', async () => {
  await open('flow-runs?id=11111111-2222-4333-8444-555555555555');
  await page
    .getByRole('alert')
    .getByText(/no flow run/i)
    .waitFor();
});
