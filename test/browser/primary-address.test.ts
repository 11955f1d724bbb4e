import type { Browser } from 'playwright-core';
import { openApp, type AppPage } from '../support/app-page.ts';
import { launchBrowser } from '../support/browser.ts';
import { admin, startTestEmulator, type TestEmulator } from '../support/emulator.ts';

// finance-operations reference, 5.8: "Only one primary per party: setting a second one asks the user".
let emulator: TestEmulator;
let browser: Browser;
let app: AppPage;
beforeAll(async () => {
  [emulator, browser] = await Promise.all([startTestEmulator(), launchBrowser()]);
  await emulator.console('POST', '/dual-write/address-generation', { use: 'B' });
}, 300_000);
afterAll(async () => {
  await app?.close();
  await browser?.close();
  await emulator?.stop();
});

const question = 'This will unmark the current primary address. Do you want to continue??';
const one = async (query: string) => (await emulator.dataverse('GET', query, { as: admin })).body.value[0];

test('a form asks before another address takes the place of the primary one, and keeps it when told to', async () => {
  const account = await one(
    "accounts?$filter=accountnumber eq 'US-001'&$select=accountid&$expand=msdyn_partyid($select=msdyn_partynumber)",
  );
  const primary = async () => {
    const filter = `PartyNumber eq '${account.msdyn_partyid.msdyn_partynumber}' and IsPrimary eq Microsoft.Dynamics.DataEntities.NoYes'Yes'`;
    const path = `CDSPartyPostalAddressLocations?$filter=${encodeURIComponent(filter)}`;
    return (await emulator.financeOperations('GET', path, { as: admin })).body.value.map(
      (row: Record<string, string>) => row['LocationId'],
    );
  };
  const body = {
    ...{
      line1: '7 Elm Court',
      city: 'Tacoma',
      stateorprovince: 'WA',
      postalcode: '98402',
      country: 'US',
      name: 'Yard',
    },
    'parentid_account@odata.bind': `accounts(${account.accountid})`,
  };
  expect((await emulator.dataverse('POST', 'customeraddresses', { as: admin, body })).status).toBe(204);
  const { customeraddressid: id, msdyn_locationid: location } = await one(
    "customeraddresses?$filter=line1 eq '7 Elm Court'&$select=msdyn_locationid",
  );
  const before = await primary();
  expect(before).toHaveLength(1);
  expect(before).not.toContain(location);

  app = await openApp(browser, emulator, { as: admin });
  await app.page.goto(
    `${emulator.origin}/main.aspx?appname=fno_FnOConnect&pagetype=entityrecord&etn=customeraddress&id=${id}`,
  );
  const choose = async (answer: 'Yes' | 'No') => {
    await app.page.getByRole('combobox', { name: 'Primary' }).click();
    await app.page.getByRole('option', { name: answer, exact: true }).click();
  };
  await choose('Yes');
  const dialog = app.page.locator('[role=dialog], [role=alertdialog]');
  await dialog.getByText(question).waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await app.page.getByRole('combobox', { name: 'Primary' }).getByText('No').waitFor();
  expect(await primary()).toEqual(before);

  await choose('Yes');
  await dialog.getByText(question).waitFor();
  await dialog.getByRole('button', { name: 'OK' }).click();
  await app.save();
  await app.standing('Saved');
  expect(await primary()).toEqual([location]);

  // It is the primary one now: there is nothing to ask.
  await choose('No');
  await choose('Yes');
  await app.page.getByRole('combobox', { name: 'Primary' }).getByText('Yes').waitFor();
  expect(await dialog.count()).toBe(0);
  expect(app.troubles).toEqual([]);
});
