import type { Browser } from 'playwright-core';
import { openApp, type AppPage } from '../support/app-page.ts';
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
beforeEach(async () => void (app = await openApp(browser, emulator, { as: admin })));
afterEach(() => app.close());

const open = async (item: string) => {
  await app.page.getByRole('button', { name: 'Settings' }).click();
  await app.page.getByRole('menuitem', { name: item }).click();
  await app.page.getByRole('heading', { name: item, level: 1 }).waitFor();
};

test('an add-in is installed, does its work, and is uninstalled', async () => {
  await open('Environment link');
  await app.page.getByText('Setup completed successfully').waitFor();
  await app.page.getByRole('button', { name: 'Install Virtual table starter' }).click();
  await app.page.getByRole('button', { name: 'Save configuration of Virtual table starter' }).waitFor();
  await emulator.console('POST', '/idle', { timeoutMs: 30_000 });
  const set = 'mserp_custcustomergroupentities?$top=1&$select=mserp_customergroupid';
  expect((await emulator.dataverse('GET', set, { as: admin })).status).toBe(200);
  await app.page.getByRole('button', { name: 'Uninstall Virtual table starter' }).click();
  await app.page.getByRole('button', { name: 'Install Virtual table starter' }).waitFor();
  expect(app.troubles).toEqual([]);
});

test('a virtual table is made visible', async () => {
  await open('Virtual tables');
  const asked = app.page.waitForResponse((answer) => answer.request().method() === 'PATCH');
  await app.page.getByRole('button', { name: 'Show CurrencyEntity' }).click();
  expect((await asked).status()).toBe(204);
  await emulator.console('POST', '/clock', { advanceMs: 1000 });
  // The page looks by itself until the table is there.
  await app.page.getByRole('button', { name: 'Hide CurrencyEntity' }).waitFor();
  expect((await emulator.dataverse('GET', 'mserp_currencyentities?$top=1', { as: admin })).status).toBe(200);
});

test('a virtual table is refreshed, and its changes are tracked, or no longer', async () => {
  await open('Virtual tables');
  const click = async (name: string) => {
    const asked = app.page.waitForResponse((answer) => answer.request().method() === 'PATCH');
    await app.page.getByRole('button', { name }).click();
    expect((await asked).status()).toBe(204);
    await emulator.console('POST', '/clock', { advanceMs: 1000 });
    await emulator.console('POST', '/idle', { timeoutMs: 30_000 });
  };
  const isTracked = async () => {
    const row = "mserp_financeandoperationsentities?$filter=mserp_physicalname eq 'CustAgingEntity'";
    const { value } = (await emulator.dataverse('GET', row, { as: admin })).body;
    await app.page.getByRole('menuitem', { name: 'Refresh', exact: true }).click();
    return value[0].mserp_changetrackingenabled;
  };
  await click('Refresh CustAgingEntity');
  await click('Track changes of CustAgingEntity');
  expect(await isTracked()).toBe(true);
  await click('Stop tracking changes of CustAgingEntity');
  expect(await isTracked()).toBe(false);
  await app.page.getByRole('button', { name: 'Track changes of CustAgingEntity' }).waitFor();
  expect(app.troubles).toEqual([]);
});

test('the address of the centre by itself leads to its first page', async () => {
  await app.page.goto(`${emulator.origin}/integration-centre`);
  await app.page.getByRole('heading', { level: 1, name: 'Environment link' }).waitFor();
});

test('an event that could not be sent is resent', async () => {
  const event = 'CustCustomerV3EntityUpdated';
  const endpoint = { name: 'nobody', type: 'Http', url: 'http://127.0.0.1:9/' };
  await emulator.console('POST', '/events/endpoints', endpoint);
  await emulator.console('POST', '/events/parameters', { waitBetweenRetriesMs: 0 });
  await emulator.console('POST', '/events/activations/activate', { event, endpoint: 'nobody' });
  const key = "CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')?cross-company=true";
  await emulator.financeOperations('PATCH', key, { as: admin, body: { CreditLimit: 4711 } });
  await open('Events');
  await app.page.getByRole('tab', { name: 'Sent events and errors' }).click();
  await app.page.getByRole('gridcell', { name: 'Error', exact: true }).waitFor();
  // The flow that hears of changed customers has had the same event.
  const failed = app.page
    .getByRole('row')
    .filter({ has: app.page.getByRole('gridcell', { name: 'Error', exact: true }) });
  await failed.getByRole('button', { name: `Resend ${event}` }).click();
  await app.page.getByRole('gridcell', { name: '8', exact: true }).waitFor();
});

test('an event of the catalogue is activated, sent, deactivated and deleted', async () => {
  const event = 'CustFreeTextInvoicePostedBusinessEvent';
  const { page } = app;
  const tab = (name: string) => page.getByRole('tab', { name, exact: true }).click();
  const post = () =>
    emulator.console('POST', '/finance-operations/commands/post-invoice', {
      ...{ company: 'usmf', customerAccount: 'US-001', amount: '100' },
    });
  const queued = async () => {
    await emulator.console('POST', '/idle', { timeoutMs: 30_000 });
    const { value } = await emulator.console('GET', '/events/queues/invoices?most=10');
    return value.map((message: { body: { BusinessEventId: string } }) => message.body.BusinessEventId);
  };
  await open('Events');
  const panel = page.getByRole('dialog');
  await tab('Endpoints');
  const form = page.getByRole('form', { name: 'New endpoint' });
  await form.getByRole('combobox', { name: 'Endpoint type' }).click();
  await page.getByRole('option', { name: 'Azure Service Bus Queue' }).click();
  await form.getByLabel('Endpoint name').fill('bus');
  await form.getByLabel('Queue name').fill('invoices');
  await form.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('button', { name: 'Delete the endpoint bus' }).waitFor();

  await tab('Business event catalog');
  await page.getByRole('searchbox').fill('free text');
  expect(await page.getByRole('button', { name: /^Activate / }).count()).toBe(1);
  await page.getByRole('button', { name: `Activate ${event}` }).click();
  await panel.getByRole('combobox', { name: 'Legal entity' }).click();
  await page.getByRole('option', { name: 'usmf' }).click();
  await panel.getByRole('combobox', { name: 'Endpoint' }).click();
  await page.getByRole('option', { name: 'bus' }).click();
  expect(await violationsOn(page)).toEqual([]);
  await panel.getByRole('button', { name: 'Activate', exact: true }).click();
  await panel.waitFor({ state: 'detached' });
  await post();
  expect(await queued()).toEqual([event]);

  await tab('Active events');
  await page.getByRole('button', { name: `Deactivate ${event} for usmf, bus` }).click();
  await tab('Inactive events');
  await page.getByRole('button', { name: `Activate ${event} for usmf, bus` }).waitFor();
  await post();
  expect(await queued()).toEqual([event]);
  await page.getByRole('button', { name: `Delete ${event} for usmf, bus` }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByText('No event is inactive').waitFor();
  await tab('Endpoints');
  await page.getByRole('button', { name: 'Delete the endpoint bus' }).click();
  await page.getByRole('button', { name: 'Delete the endpoint bus' }).waitFor({ state: 'detached' });
  expect(app.troubles).toEqual([]);
});

test('the event of a data entity of no legal entity is activated everywhere; its fields are listed', async () => {
  await open('Events');
  await app.page.getByRole('tab', { name: 'Data event catalog' }).click();
  await app.page.getByRole('searchbox').fill('CurrencyEntity');
  await app.page.getByRole('button', { name: 'Activate CurrencyEntityUpdated' }).click();
  const panel = app.page.getByRole('dialog');
  expect(await panel.getByRole('combobox', { name: 'Legal entity' }).getAttribute('aria-disabled')).toBe('true');
  await app.page.keyboard.press('Escape');
  await app.page.getByRole('button', { name: 'Fields of CurrencyEntityUpdated' }).click();
  await panel.getByText('CurrencyCode', { exact: true }).waitFor();
  expect(await violationsOn(app.page)).toEqual([]);
});

test('a limit that was only proposed is approved, and an invoice is posted by its form', async () => {
  const key = "CustomersV3(dataAreaId='usmf',CustomerAccount='US-003')?cross-company=true";
  await emulator.financeOperations('PATCH', key, { as: admin, body: { CreditLimit: 90_000 } });
  await open('Finance and operations');
  await app.page.getByRole('button', { name: 'Approve the change of CreditMax of US-003' }).click();
  await app.page.getByText('No change waits for approval').waitFor();
  const { body } = await emulator.financeOperations('GET', key, { as: admin });
  expect(body.CreditLimit).toBe(90_000);
  const form = app.page.getByRole('form', { name: 'Post an invoice' });
  const submit = form.getByRole('button', { name: 'Post an invoice' });
  expect(await submit.isDisabled()).toBe(true);
  await form.getByLabel('Legal entity').fill('usmf');
  await form.getByLabel('Customer account').fill('US-999');
  await form.getByLabel('Amount with tax').fill('12.50');
  await submit.click();
  await app.page.getByText("There is no customer 'US-999' in 'usmf'.").waitFor();
  await form.getByLabel('Customer account').fill('US-001');
  await submit.click();
  await app.page.getByText(/Done\. .*invoice: FTI-\d+/).waitFor();
});

describe('in German', () => {
  const settings = async (uilanguageid: number, localeid: number) => {
    const [{ systemuserid }] = (
      await emulator.dataverse('GET', `systemusers?$filter=internalemailaddress eq '${admin}'`, { as: admin })
    ).body.value;
    const path = `usersettingscollection(${systemuserid})`;
    await emulator.dataverse('PATCH', path, { as: admin, body: { uilanguageid, localeid } });
  };
  beforeAll(() => settings(1031, 1031));
  afterAll(() => settings(1033, 1033));

  test.each([
    ['link', 'Umgebungsverknüpfung', 'Einrichtung erfolgreich abgeschlossen'],
    ['virtual-tables', 'Virtuelle Tabellen', 'Datenentität'],
    ['events', 'Ereignisse', 'Gesendete Ereignisse und Fehler'],
    ['finance-operations', 'Finance and Operations', 'Vorgeschlagene Änderungen an Debitoren'],
  ])('the page %s', async (path, heading, text) => {
    await app.page.goto(`${emulator.origin}/integration-centre/${path}`);
    await app.page.getByRole('heading', { name: heading, level: 1 }).waitFor();
    await app.page.getByText(text).first().waitFor();
    await app.page.getByRole('menuitem', { name: 'Aktualisieren' }).waitFor();
    expect(await violationsOn(app.page)).toEqual([]);
  });

  test('each tab of the events', async () => {
    await app.page.goto(`${emulator.origin}/integration-centre/events`);
    const tabs = app.page.getByRole('tab');
    await tabs.first().waitFor();
    expect(await tabs.count()).toBe(6);
    for (const tab of await tabs.all()) {
      await tab.click();
      const name = (await tab.getAttribute('name'))!;
      await app.page.getByRole('heading', { level: 2, name }).waitFor();
      expect([name, await violationsOn(app.page)]).toEqual([name, []]);
    }
  });
});
