import type { Browser } from 'playwright-core';
import { openApp, type AppPage, type AppPageOptions } from '../support/app-page.ts';
import { launchBrowser } from '../support/browser.ts';
import { admin, norole, startTestEmulator, type TestEmulator } from '../support/emulator.ts';

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
beforeEach(async () => {
  await emulator.console('POST', '/reset');
  await emulator.console('DELETE', '/faults');
});
afterEach(() => app.close());

const open = async (options: AppPageOptions = {}) => (app = await openApp(browser, emulator, options));

const key = (number: string) => `CustomersV3(dataAreaId='usmf',CustomerAccount='${number}')?cross-company=true`;
const customer = async (number = 'US-001') =>
  (await emulator.financeOperations('GET', key(number), { as: admin })).body;

async function account(number = 'US-001') {
  const path = `accounts?$filter=accountnumber eq '${number}'&$select=name,address1_line1,address1_country,address2_line1`;
  return (await emulator.dataverse('GET', path, { as: admin })).body.value[0];
}

async function changeBoth(): Promise<void> {
  await app.openCustomer('US-001');
  await app.address('Shipping').getByLabel('Street').fill('12 Harbour Road');
  await app.address('Billing').getByLabel('Street').fill('PO Box 7');
  await app.standing('Unsaved');
  await app.save();
  await app.standing('Saved');
}

test('generation A: both addresses saved in the form are in finance and operations, and the form says so', async () => {
  await open();
  await changeBoth();
  expect(await customer()).toMatchObject({
    DeliveryAddressStreet: '12 Harbour Road',
    InvoiceAddressStreet: 'PO Box 7',
  });
  for (const side of ['Shipping', 'Billing'] as const)
    await app.address(side).getByText('Same as in finance and operations').waitFor();
  await app.page.getByText('In step with finance and operations').waitFor();
  await emulator.console('POST', '/idle', { timeoutMs: 30_000 });
  await app.page.getByRole('tab', { name: 'Address changes' }).click();
  await app.page.getByRole('gridcell', { name: 'Confirmed' }).waitFor();
  expect(await app.page.getByRole('gridcell', { name: 'Confirmed' }).count()).toBe(1);
  expect(app.troubles).toEqual([]);
});

test('generation B: both addresses go through the address book', async () => {
  await emulator.console('POST', '/dual-write/address-generation', { use: 'B' });
  await open();
  await app.openCustomer('US-001');
  await app.page.getByText('Address map: Party and global address book').waitFor();
  await app.address('Shipping').getByLabel('Street').fill('12 Harbour Road');
  await app.address('Billing').getByLabel('Street').fill('PO Box 7');
  await app.save();
  await app.standing('Saved');
  const { PartyNumber } = await customer();
  const rows = await emulator.financeOperations(
    'GET',
    `PartyLocationPostalAddressesV2?$filter=PartyNumber eq '${PartyNumber}'`,
    { as: admin },
  );
  const streets = rows.body.value.map((row: { Street: string }) => row.Street);
  expect(streets).toEqual(expect.arrayContaining(['12 Harbour Road', 'PO Box 7']));
  expect(await account()).toMatchObject({ address1_line1: '12 Harbour Road', address2_line1: 'PO Box 7' });
  expect(app.troubles).toEqual([]);
});

describe.each(['A', 'B'])('generation %s: what finance and operations refuses', (use) => {
  beforeEach(() => emulator.console('POST', '/dual-write/address-generation', { use }));

  /** A save of the form that is refused opens the platform's dialog; a change set a script has sent does not. */
  async function dismissDialog(words: RegExp): Promise<void> {
    if (use === 'B') return;
    const dialog = app.page.getByRole('alertdialog', { name: 'Business Process Error' });
    expect(await dialog.innerText()).toMatch(words);
    await dialog.getByRole('button', { name: 'OK' }).click();
    await dialog.waitFor({ state: 'detached' });
  }

  test.each([
    ['a country it does not know', 'US-001', 'Country/region (ISO)', 'XX', /XX/],
    ['a customer closed for editing', 'US-005', 'Street', 'Elsewhere 1', /closed for editing/i],
  ])('%s is told beside the address, and neither side has changed', async (_what, number, field, value, words) => {
    const before = [await account(number), await customer(number)];
    await open();
    await app.openCustomer(number);
    const shipping = app.address('Shipping');
    await shipping.getByLabel(field).fill(value);
    await app.save();
    await dismissDialog(words);
    await shipping.getByText(words).first().waitFor();
    await app.standing('Unsaved');
    expect(await shipping.getByLabel(field).inputValue()).toBe(value);
    expect([await account(number), await customer(number)]).toEqual(before);
  });

  test('out of reach: the form says so, neither side has changed, and the same save goes through later', async () => {
    const before = await account();
    await open();
    await app.openCustomer('US-001');
    await app.address('Shipping').getByLabel('Street').fill('12 Harbour Road');
    await emulator.console('POST', '/faults', { where: 'finance-operations', effect: { drop: true } });
    await app.save();
    await dismissDialog(/unexpected error occurred from ISV code/i);
    await app.page
      .getByText(/could not be reached/i)
      .first()
      .waitFor();
    expect(await account()).toEqual(before);
    await emulator.console('DELETE', '/faults');
    await app.save();
    await app.standing('Saved');
    expect((await customer()).DeliveryAddressStreet).toBe('12 Harbour Road');
  });
});

test('HTML in names and streets is shown as text everywhere', async () => {
  const hostile = `<img src=x onerror="window.hacked=1"><b>Contoso</b>`;
  const { accountid } = await account();
  const saved = await emulator.dataverse('PATCH', `accounts(${accountid})`, {
    body: { name: hostile, address1_line1: hostile, address2_line1: hostile },
  });
  expect(saved.status).toBe(204);
  await emulator.console('POST', '/idle', { timeoutMs: 30_000 });
  await open();
  const { page } = app;
  await app.openCustomer('US-001');
  await page.getByRole('heading', { level: 1 }).getByText(hostile).waitFor();
  await app.address('Shipping').getByText(`Finance and operations holds: ${hostile}`).waitFor();
  await page.getByRole('tab', { name: 'Address changes' }).click();
  await page.getByRole('link', { name: hostile }).waitFor();
  await page.getByRole('link', { name: 'Customers V3 (virtual)' }).click();
  await page.getByRole('gridcell', { name: hostile }).waitFor();
  await page.getByRole('link', { name: 'Customers', exact: true }).click();
  await page.getByRole('link', { name: hostile }).waitFor();
  expect(await page.locator('img[src="x"]').count()).toBe(0);
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
  expect(app.troubles).toEqual([]);
});

test('a user without the role is told so, and sees no data', async () => {
  await open({ as: norole });
  await app.page.getByText("You don't have permission to see this").waitFor();
  await app.page.getByText('0x80040220').waitFor();
  expect(await app.page.getByRole('gridcell').count()).toBe(0);
});

test('who may read only is shown no way to change', async () => {
  await changeAsAdmin();
  await open();
  const { page } = app;
  await page.getByRole('link', { name: 'Address changes' }).click();
  await page.getByRole('gridcell', { name: 'Confirmed' }).waitFor();
  expect(await page.getByRole('menuitem', { name: 'New' }).count()).toBe(0);
  await page.locator('[role=gridcell] a').first().click();
  await page.getByText('Read-only: You don’t have permission to change this record.').waitFor();
  const commands = await page.getByRole('menubar').getByRole('menuitem').allInnerTexts();
  expect(commands.filter((text) => /Save|New|Delete/.test(text))).toEqual([]);
  expect(await page.getByRole('textbox').count()).toBe(0);
});

async function changeAsAdmin(): Promise<void> {
  const { accountid } = (await emulator.dataverse('GET', "accounts?$filter=accountnumber eq 'US-001'", { as: admin }))
    .body.value[0];
  await emulator.dataverse('PATCH', `accounts(${accountid})`, {
    as: admin,
    body: { address1_line1: '1 Admin Street' },
  });
  await emulator.console('POST', '/idle', { timeoutMs: 30_000 });
}

test('the whole change by keyboard alone', async () => {
  await open();
  const { page } = app;
  const filter = 'Filter Accounts by keyword';
  await page.getByRole('searchbox', { name: filter }).waitFor();
  await tabTo(filter);
  await page.keyboard.type('US-001');
  await page.keyboard.press('Enter');
  await page.getByRole('gridcell', { name: 'US-001' }).waitFor();
  await tabTo('row');
  await page.keyboard.press('Enter');
  await app.address('Shipping').waitFor();
  await app.standing('Saved');
  await tabTo('Street');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('5 Keyboard Lane');
  await page.keyboard.press('Control+S');
  await app.standing('Saved');
  expect((await customer()).DeliveryAddressStreet).toBe('5 Keyboard Lane');
});

/** Presses Tab until the element in focus has this role or label. */
async function tabTo(what: string): Promise<void> {
  for (let press = 0; press < 80; press++) {
    await app.page.keyboard.press('Tab');
    const focused = await app.page.evaluate(() => {
      const element = document.activeElement as HTMLInputElement | null;
      return [element?.getAttribute('role'), element?.getAttribute('aria-label'), element?.labels?.[0]?.innerText];
    });
    if (focused.includes(what)) return;
  }
  throw new Error(`80 presses of Tab did not reach '${what}'.`);
}

test('changes are saved on the way to another page', async () => {
  await open();
  const { page } = app;
  await app.openCustomer('US-001');
  await app.address('Shipping').getByLabel('Street').fill('12 Harbour Road');
  await app.standing('Unsaved');
  await page.getByRole('link', { name: 'Address changes' }).click();
  await page.getByText('Active Address changes').first().waitFor();
  expect((await customer()).DeliveryAddressStreet).toBe('12 Harbour Road');
});

test('a second click while saving saves once', async () => {
  await open();
  await app.openCustomer('US-001');
  await app.address('Shipping').getByLabel('Street').fill('12 Harbour Road');
  await app.standing('Unsaved');
  await app.page.getByRole('menuitem', { name: 'Save', exact: true }).dblclick();
  await app.standing('Saved');
  await emulator.console('POST', '/idle', { timeoutMs: 30_000 });
  const { accountid } = await account();
  const changes = await emulator.dataverse('GET', `fno_addresschanges?$filter=_fno_accountid_value eq ${accountid}`, {
    as: admin,
  });
  expect(changes.body.value).toHaveLength(1);
});
