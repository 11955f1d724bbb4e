import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { openApp, type AppPage } from '../support/app-page.ts';
import { launchBrowser } from '../support/browser.ts';
import { chooseRow } from '../support/choose-row.ts';
import { admin, service, startTestEmulator, type TestEmulator } from '../support/emulator.ts';
import { creditLimitScenario, manager, reject, sales, status } from '../support/credit-limit.ts';

/** Where `npm run pictures` has the pictures of the pages written; none otherwise. */
const pictures = process.env['PICTURES'];

let emulator: TestEmulator;
let browser: Browser;
let app: AppPage | undefined;
const on = creditLimitScenario(() => emulator);
beforeAll(async () => {
  [emulator, browser] = await Promise.all([startTestEmulator(['--customers', '0']), launchBrowser()]);
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await emulator?.stop();
});
beforeEach(async () => {
  await emulator.console('POST', '/reset');
  await emulator.console('DELETE', '/faults');
});
afterEach(async () => {
  await app?.close();
  app = undefined;
});
jest.setTimeout(180_000);

const idle = () => emulator.console('POST', '/idle', { timeoutMs: 60_000 });

/** The page as this person, who has just sat down. */
async function as(email: string): Promise<Page> {
  await app?.close();
  app = await openApp(browser, emulator, { as: email });
  return app.page;
}

async function picture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: join(pictures, `${name}.png`) });
}

async function openNewCase(page: Page, title: string, customer: string): Promise<void> {
  await page.getByRole('link', { name: 'Cases', exact: true }).click();
  await page.getByRole('menuitem', { name: 'New', exact: true }).click();
  await page.getByLabel('Case title').fill(title);
  await chooseRow(page.getByLabel('Customer, Lookup'), customer);
  await page.getByRole('combobox', { name: 'Request type' }).click();
  await page.getByRole('option', { name: 'Credit limit increase' }).click();
}

const wanted = (page: Page) => page.getByRole('textbox', { name: 'Wanted credit limit' });
async function fillAmount(page: Page, amount: string): Promise<void> {
  // The field shows the bare number once it is focused.
  await wanted(page).click();
  await wanted(page).press('Control+a');
  await wanted(page).pressSequentially(amount);
  await wanted(page).press('Tab');
}

async function openRequest(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Credit limit requests', exact: true }).click();
  await page.getByRole('link', { name: /^CLR-\d{5}$/ }).click();
  await page.getByText('Number', { exact: true }).first().waitFor();
}

const commandBar = (page: Page, name: string): Locator =>
  page.getByRole('menubar').getByRole('menuitem', { name, exact: true });

/** Writes the reason, presses the command, and answers its question. */
async function decideWith(page: Page, command: 'Approve' | 'Reject', field: string, reason: string): Promise<string> {
  await page.getByRole('textbox', { name: field, exact: true }).fill(reason);
  await commandBar(page, command).click();
  const dialog = page.getByRole('dialog').or(page.getByRole('alertdialog'));
  const words = await dialog.innerText();
  await dialog.getByRole('button', { name: 'OK' }).click();
  await dialog.waitFor({ state: 'detached' });
  return words;
}

/** The notification of the form that says what happens next. */
const says = (page: Page, words: string | RegExp) => page.getByText(words).first().waitFor();

test('all eight steps, by service, sales and a manager', async () => {
  // 1 and 2: the customer calls, the representative opens a case.
  const one = await as(service);
  await openNewCase(one, 'Harborlight wants to order more', 'Harborlight');
  await one.getByText(/^\$?2,?000(\.00)?$/).waitFor();
  await fillAmount(one, '1500');
  await says(one, 'The wanted limit must be above the current limit of 2,000.00');
  await picture(one, 'credit-limit-case-refused');
  await fillAmount(one, '200000');
  await says(one, 'No limit above 100,000.00');
  await fillAmount(one, '20000');
  await picture(one, 'credit-limit-case');
  await app!.save();
  await app!.standing('Saved');
  await idle();

  // 3: the request is with the sales team.
  const two = await as(sales);
  await two.getByRole('link', { name: 'Credit limit requests', exact: true }).click();
  await two.getByRole('link', { name: /^CLR-/ }).waitFor();
  await two.getByText("My team's requests").first().waitFor();
  await picture(two, 'credit-limit-requests');
  await openRequest(two);
  await says(two, 'In review: look at the customer');

  // 4: reviewed and approved, and approved once more, since it is above what one person may.
  await picture(two, 'credit-limit-review');
  expect(await decideWith(two, 'Approve', 'Reason', 'Pays within ten days.')).toContain('a manager decides after you');
  await says(two, /Decided\. What follows is under way|Approved once\./);
  await idle();
  const three = await as(manager);
  await openRequest(three);
  await says(three, 'a manager decides next');
  expect(await decideWith(three, 'Approve', 'Reason of the second decision', 'Known for years.')).toContain(
    'written to finance and operations at once',
  );
  await idle();

  // 5 and 6: written, and proved by the read-back.
  const { CreditLimit } = await on.customerInFinanceOperations('US-001');
  expect(CreditLimit).toBe(20_000);
  await three.getByRole('link', { name: 'Credit limit requests', exact: true }).click();
  await three
    .getByRole('button', { name: /My team's requests/ })
    .or(three.getByRole('combobox', { name: /view/i }))
    .first()
    .click();
  await three.getByText('All Credit limit requests').first().click();
  await three.getByRole('link', { name: /^CLR-/ }).click();
  await says(three, 'Confirmed: finance and operations holds the new limit');
  await picture(three, 'credit-limit-confirmed');

  // 7 and 8: the case is resolved, the customer told.
  const [request] = (await on.ask('GET', 'fno_creditlimitrequests', manager)).value;
  const found = await on.caseOf(request._fno_caseid_value);
  expect(found).toMatchObject({ statecode: 1, Incident_Emails: [{ subject: 'Your credit limit' }] });
  expect(await on.mails()).toMatchObject([{ to: ['hanna.harbor@harborlight.example'], subject: 'Your credit limit' }]);
  await three.getByRole('link', { name: 'Harborlight wants to order more' }).click();
  await three.getByText('Your credit limit').first().waitFor();
  await picture(three, 'credit-limit-case-resolved');
  expect(app!.troubles).toEqual([]);
});

/** A request that is routed, opened by sales. */
async function reviewed(number: string, limit: number): Promise<{ page: Page; incident: string }> {
  const incident = await on.openCase(number, limit);
  await idle();
  const page = await as(sales);
  await openRequest(page);
  return { page, incident };
}

/** Long enough for a flow to try again as often as it does. */
async function minutesPass(count: number): Promise<void> {
  for (let minute = 0; minute < count; minute++) {
    await idle();
    await emulator.console('POST', '/clock', { advanceMs: 60_000 });
  }
}

const reloaded = async (page: Page) => {
  await idle();
  await page.reload();
};

test.each([
  ['confirmed', 'US-001', 5000, 'Confirmed: finance and operations holds the new limit'],
  ['proposed', 'US-003', 9000, 'took the limit as a proposal'],
  ['refused', 'US-002', 9000, 'cannot be changed because changes require approval'],
])('an approval is %s, and the form says so and what to do', async (name, number, limit, words) => {
  const { page } = await reviewed(number, limit);
  await decideWith(page, 'Approve', 'Reason', 'Pays on time.');
  await reloaded(page);
  await says(page, words);
  if (name !== 'confirmed') await picture(page, `credit-limit-${name}`);
  expect(app!.troubles).toEqual([]);
});

test('finance and operations is not reached: the form says so, and Try again brings it through', async () => {
  const { page } = await reviewed('US-001', 5000);
  await emulator.console('POST', '/faults', { where: 'finance-operations', effect: { drop: true } });
  await decideWith(page, 'Approve', 'Reason', 'Pays on time.');
  await minutesPass(10);
  await reloaded(page);
  await says(page, 'Finance and operations could not be reached. Choose Try again');
  await picture(page, 'credit-limit-failed');
  await emulator.console('DELETE', '/faults');
  await commandBar(page, 'Try again').click();
  await says(page, /It is being tried again|Confirmed: finance and operations/);
  await reloaded(page);
  await says(page, 'Confirmed: finance and operations holds the new limit');
});

test('the customer has the limit already: the form says that nothing had to be done', async () => {
  const { page } = await reviewed('US-001', 5000);
  await on.ask('PATCH', `accounts(${(await on.account('US-001')).accountid})`, admin, { creditlimit: 5000 });
  await idle();
  await decideWith(page, 'Approve', 'Reason', 'Pays on time.');
  await reloaded(page);
  await says(page, 'Nothing had to be done: the customer has this limit already.');
});

test('the customer is not synchronised: the form says why and what to do, and the case stays open', async () => {
  const usd = (await on.account('US-001'))._transactioncurrencyid_value;
  await on.ask('POST', 'accounts', admin, {
    name: 'Lonely',
    accountnumber: 'L-1',
    customertypecode: 3,
    'transactioncurrencyid@odata.bind': `transactioncurrencies(${usd})`,
  });
  const { page, incident } = await reviewed('L-1', 4000);
  await decideWith(page, 'Approve', 'Reason', 'Pays on time.');
  await reloaded(page);
  await says(page, 'Not applied: finance and operations does not know this customer.');
  expect((await on.caseOf(incident)).statecode).toBe(0);
});

test('rejected: the form says so, the customer is told', async () => {
  const { page, incident } = await reviewed('US-001', 5000);
  expect(await decideWith(page, 'Reject', 'Reason', 'Too many overdue invoices.')).toContain('the customer is told');
  await reloaded(page);
  await says(page, 'Rejected. The case is resolved');
  expect((await on.caseOf(incident)).statecode).toBe(1);
  expect(await on.mails()).toMatchObject([{ subject: 'Your request for a higher credit limit' }]);
});

test('who is slower is told who was faster, and nothing of theirs is kept', async () => {
  const { page, incident } = await reviewed('US-001', 5000);
  await page.getByRole('textbox', { name: 'Reason', exact: true }).fill('Pays on time.');
  await commandBar(page, 'Approve').click();
  const dialog = page.getByRole('dialog').or(page.getByRole('alertdialog'));
  await dialog.getByText('Raise the credit limit').waitFor();
  // While the question is open, somebody else decides.
  expect((await on.decide(incident, manager, { decision: reject })).status).toBe(204);
  await dialog.getByRole('button', { name: 'OK' }).click();
  await page.getByText(/was faster: the request is now/).waitFor();
  await picture(page, 'credit-limit-overtaken');
  await page.getByRole('button', { name: 'OK' }).click();
  await idle();
  expect((await on.requestsOf(incident))[0]).toMatchObject({ statuscode: status.rejected, fno_decision: reject });
});
