import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { openApp, type AppPage } from '../support/app-page.ts';
import { launchBrowser } from '../support/browser.ts';
import { admin } from '../support/emulator.ts';
import { aDemoEnvironment } from '../support/environments.ts';

const map = 'accounts - Customers V3';
const customer = "CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')?cross-company=true";
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

let emulator: Awaited<ReturnType<typeof aDemoEnvironment>>;
let browser: Browser;
let app: AppPage;

jest.setTimeout(120_000);

beforeAll(async () => {
  [emulator, browser] = await Promise.all([aDemoEnvironment(), launchBrowser()]);
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await emulator?.stop();
});
beforeEach(async () => void (app = await openApp(browser, emulator, { as: admin })));
afterEach(() => app.close());

const open = async (name?: string) => {
  const query = name === undefined ? '' : `?map=${encodeURIComponent(name)}`;
  await app.page.goto(`${emulator.origin}/integration-centre/table-maps${query}`);
  await app.page.getByRole('heading', { name: name ?? 'Table maps', level: 1 }).waitFor();
};
const select = (name: string) =>
  app.page
    .getByRole('row', { name })
    .getByRole('gridcell', { name: 'Running' })
    .or(app.page.getByRole('row', { name }).getByRole('gridcell').nth(1))
    .first()
    .click();
const command = (name: string) => app.page.getByRole('menuitem', { name, exact: true });
const status = (name: string, text: string) =>
  app.page.getByRole('row', { name }).getByRole('gridcell', { name: text, exact: true }).waitFor();

test('a map is paused and resumed; what was queued is written', async () => {
  await app.page.getByRole('button', { name: 'Settings' }).click();
  await app.page.getByRole('menuitem', { name: 'Table maps' }).click();
  await app.page.getByRole('heading', { name: 'Table maps', level: 1 }).waitFor();
  await select(map);
  await command('Pause').click();
  await status(map, 'Paused');
  await emulator.financeOperations('PATCH', customer, { as: admin, body: { SalesMemo: 'Queued' } });
  await command('Refresh').click();
  await app.page.getByRole('row', { name: map }).getByRole('gridcell', { name: '1', exact: true }).waitFor();
  await command('Run').click();
  await status(map, 'Running');
  const query = "accounts?$select=description&$filter=accountnumber eq 'US-001'";
  expect((await emulator.dataverse('GET', query, { as: admin })).body.value[0].description).toBe('Queued');
  expect(app.troubles).toEqual([]);
});

test('a map is stopped and run again with an initial sync, by the keyboard alone', async () => {
  const groups = 'msdyn_customergroups - Customer groups';
  await open();
  const { keyboard } = app.page;
  await app.page.getByRole('link', { name: groups }).focus();
  await keyboard.press('Enter');
  await app.page.getByRole('heading', { name: groups, level: 1 }).waitFor();
  await command('Stop').focus();
  await keyboard.press('Enter');
  const answer = (name: string) => app.page.getByRole('button', { name, exact: true });
  await answer('Stop').focus();
  await keyboard.press('Enter');
  await app.page.getByText('Not running', { exact: true }).first().waitFor();
  await command('Run').focus();
  await keyboard.press('Enter');
  await answer('Run').focus();
  await keyboard.press('Enter');
  await app.page.getByText('Running', { exact: true }).first().waitFor();
  await app.page.getByRole('tab', { name: 'Initial sync details' }).focus();
  await keyboard.press('Enter');
  await app.page
    .getByRole('gridcell', { name: /^Completed: \d+ written$/ })
    .first()
    .waitFor();
});

test('a company is taken out of dual-write and put back', async () => {
  await open();
  const toggle = app.page.getByRole('switch', { name: 'Enable demf for dual-write' });
  const isEnabled = async () =>
    (await emulator.dataverse('GET', "cdm_companies?$filter=cdm_companycode eq 'demf'", { as: admin })).body.value[0]
      .cdm_isenabledfordualwrite;
  await toggle.click();
  await app.page.locator('[role=switch][aria-checked=false]').first().waitFor();
  expect(await isEnabled()).toBe(false);
  await toggle.click();
  await app.page.locator('[role=switch][aria-checked=false]').first().waitFor({ state: 'detached' });
  expect(await isEnabled()).toBe(true);
});

test('a map shows its mappings, and an alert is created', async () => {
  await open(map);
  await app.page.getByRole('gridcell', { name: 'CREDITLIMIT', exact: true }).waitFor();
  await app.page.getByText('customertypecode eq 3').waitFor();
  await app.page.getByRole('tab', { name: 'Alert settings' }).click();
  await app.page.getByRole('button', { name: 'Create alert settings' }).click();
  await app.page.getByLabel('Name', { exact: true }).fill('<b>Trouble</b>');
  await app.page.getByLabel('E-mail addresses').fill('nobody');
  await app.page.getByRole('button', { name: 'Save alert' }).click();
  await app.page.getByText("'nobody' is no e-mail address.").waitFor();
  await app.page.getByRole('button', { name: 'OK' }).click();
  await app.page.getByRole('button', { name: 'Create alert settings' }).click();
  await app.page.getByLabel('Name', { exact: true }).fill('<b>Trouble</b>');
  await app.page.getByLabel('E-mail addresses').fill('a@contoso.example, b@contoso.example');
  await app.page.getByRole('button', { name: 'Save alert' }).click();
  await app.page.getByRole('gridcell', { name: '<b>Trouble</b>', exact: true }).waitFor();
});

test('rows that differ are found, told column by column, and resent', async () => {
  await emulator.console('POST', `/dual-write/maps/${encodeURIComponent(map)}/stop`, {});
  await emulator.financeOperations('PATCH', customer, { as: admin, body: { SalesMemo: 'Only there' } });
  await emulator.console('POST', `/dual-write/maps/${encodeURIComponent(map)}/start`, {});
  await open(map);
  await app.page.getByRole('tab', { name: 'Reconciliation' }).click();
  await app.page.getByRole('button', { name: 'Compare' }).click();
  await app.page.getByRole('gridcell', { name: /description: .*Only there \(SalesMemo\)/ }).waitFor();
  await app.page.getByRole('button', { name: 'From F&O usmf|US-001' }).click();
  await app.page.getByText(/^1 sent, 0 not taken by the map, 0 failed\./).waitFor();
  await app.page.getByRole('button', { name: 'OK' }).click();
  await app.page.getByText('Both sides hold the same').waitFor();
});

describe.each(['light', 'dark'] as const)('%s', (theme) => {
  test.each([undefined, map])('%s keeps the rules of accessibility', async (name) => {
    await app.close();
    app = await openApp(browser, emulator, { theme, as: admin });
    await open(name);
    await app.page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'));
    await app.page.evaluate(axe);
    const found = await app.page.evaluate(async () => {
      interface Result {
        readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
      }
      const run = (window as unknown as { axe: { run(where: Document, options: object): Promise<Result> } }).axe;
      const { violations } = await run.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] });
      return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
    });
    expect(found).toEqual([]);
  });
});

test.each([
  ['at 200 % zoom', { viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 }],
  ['in high contrast', { forcedColors: 'active' }],
] as const)('%s the commands and the status of a map can be seen', async (_how, context) => {
  await app.close();
  app = await openApp(browser, emulator, { as: admin, context });
  await open(map);
  await app.page.getByRole('menuitem', { name: 'Pause' }).click({ trial: true });
  await app.page.getByText('Running', { exact: true }).first().waitFor();
  const isTooWide = await app.page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth + 1);
  expect(isTooWide).toBe(false);
});
