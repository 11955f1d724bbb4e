/** CreditReview and EventTimeline on their forms and pages, by the people who use them. */
import type { Browser } from 'playwright-core';
import { openApp, type AppPage, type AppPageOptions } from '../support/app-page.ts';
import { violationsOn } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { admin, service, startTestEmulator, type TestEmulator } from '../support/emulator.ts';

const sales = 'sales@fnoconnect.example';
const manager = 'manager@fnoconnect.example';
const inReview = 1;

let emulator: TestEmulator;
let browser: Browser;
const apps: AppPage[] = [];

beforeAll(async () => {
  [emulator, browser] = await Promise.all([startTestEmulator(), launchBrowser()]);
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await emulator?.stop();
});
beforeEach(() => emulator.console('POST', '/reset'));
afterEach(async () => {
  const troubles = apps.flatMap((app) => app.troubles);
  for (const app of apps.splice(0)) await app.close();
  expect(troubles).toEqual([]);
});

const idle = () => emulator.console('POST', '/idle', { timeoutMs: 30_000 });
const rows = async (path: string) => (await emulator.dataverse('GET', path, { as: admin })).body.value;
const command = (name: string, body: object) =>
  emulator.console('POST', `/finance-operations/commands/${name}`, {
    company: 'usmf',
    customerAccount: 'US-001',
    ...body,
  });

/** A customer asks for a limit: the case a representative of service opens, and the request it becomes. */
async function ask(number: string, limit: number): Promise<string> {
  const [account] = await rows(`accounts?$filter=accountnumber eq '${number}'&$select=accountid`);
  const made = await emulator.dataverse('POST', 'incidents', {
    as: service,
    body: {
      title: `More credit for ${number}`,
      'customerid_account@odata.bind': `accounts(${account.accountid})`,
      fno_requesttype: 715000000,
      fno_requestedcreditlimit: limit,
    },
  });
  expect([made.status, made.text]).toEqual([204, '']);
  await idle();
  const [request] = await rows(
    'fno_creditlimitrequests?$select=fno_creditlimitrequestid,statuscode&$orderby=createdon desc',
  );
  expect(request.statuscode).toBe(inReview);
  return request.fno_creditlimitrequestid;
}

async function openPage(
  query: string,
  options: AppPageOptions,
  beforehand: (page: AppPage['page']) => unknown = () => undefined,
): Promise<AppPage> {
  const app = await openApp(browser, emulator, options);
  apps.push(app);
  beforehand(app.page);
  await app.page.goto(`${emulator.origin}/main.aspx?appname=fno_FnOConnect&${query}`);
  return app;
}

const review = (app: AppPage) => app.page.getByRole('group', { name: 'Credit review', exact: true });
const part = (app: AppPage, name: string) => review(app).getByRole('region', { name, exact: true });

async function openReview(id: string, options: AppPageOptions = {}): Promise<AppPage> {
  const app = await openPage(`pagetype=entityrecord&etn=fno_creditlimitrequest&id=${id}`, { as: sales, ...options });
  await part(app, 'Open and overdue').getByText('Not due').waitFor();
  return app;
}

/** The decision as somebody gives it, up to the last button. */
async function prepare(app: AppPage, choice: 'Approve' | 'Reject', reason: string): Promise<void> {
  await review(app).getByRole('textbox', { name: 'Reason' }).fill(reason);
  await review(app)
    .getByRole('button', { name: `${choice}…` })
    .click();
}

test('a representative sees what there is to know, is told what an approval does, and approves once', async () => {
  const id = await ask('US-001', 5000);
  const asked: string[] = [];
  // Listened to from the start: what an earlier load of the page asks would be counted, too.
  const app = await openPage(`pagetype=entityrecord&etn=fno_creditlimitrequest&id=${id}`, { as: sales }, (page) =>
    page.on('request', (request) => {
      const table = /\/api\/data\/v9\.2\/(mserp_\w+)\?/.exec(request.url())?.[1];
      if (table !== undefined) asked.push(table);
    }),
  );
  await part(app, 'Open and overdue').getByText('Not due').waitFor();
  await part(app, 'Credit limit').getByText('2,000.00 USD').waitFor();
  await part(app, 'Exposure').getByText('Owed and ordered').waitFor();
  await part(app, 'Currency').getByText('are the same: USD').waitFor();
  expect(new Set(asked).size).toBe(asked.length);
  expect(asked.length).toBe(6);
  await prepare(app, 'Approve', 'Pays on time');
  await review(app).getByText('Finance and operations applies the new limit at once.').waitFor();
  await review(app).getByRole('button', { name: 'Approve 5,000.00 USD' }).dblclick();
  await review(app).getByText('Approved.').waitFor();
  await idle();
  const [request] = await rows(`fno_creditlimitrequests?$filter=fno_creditlimitrequestid eq ${id}`);
  await app.page.reload();
  await review(app).getByText('This request is decided and cannot be changed.').waitFor();
  expect(request).toMatchObject({
    fno_decision: 715000000,
    fno_decisionreason: 'Pays on time',
    fno_reviewedlimit: 2000,
  });
  expect(await review(app).getByRole('textbox').count()).toBe(0);
});

test('two decide at once: the first one wins, the other is told who it was', async () => {
  const id = await ask('US-001', 5000);
  const [first, second] = [await openReview(id), await openReview(id, { as: manager })];
  await prepare(first, 'Reject', 'Too much is overdue');
  await prepare(second, 'Approve', 'Good customer');
  await review(first).getByRole('button', { name: 'Reject the request' }).click();
  await review(first).getByText('Rejected.').waitFor();
  await review(second).getByRole('button', { name: 'Approve 5,000.00 USD' }).click();
  await review(second).getByText('Your decision was not saved.').waitFor();
  await idle();
  const [request] = await rows(`fno_creditlimitrequests?$filter=fno_creditlimitrequestid eq ${id}`);
  expect(request).toMatchObject({ fno_decision: 715000001, fno_decisionreason: 'Too much is overdue' });
});

test('above what a representative may approve a manager decides, and not the same person', async () => {
  const id = await ask('US-001', 12_000);
  const app = await openReview(id);
  await prepare(app, 'Approve', 'Large order');
  await review(app).getByText('Above 10,000.00 USD a manager has to approve, too.').waitFor();
  await review(app).getByRole('button', { name: 'Approve 12,000.00 USD' }).click();
  await review(app).getByText('Approved.').waitFor();
  await idle();
  await app.page.reload();
  // The emulator's forms tell controls nothing of column security; who may not decide is offered it here, and refused.
  await review(app).getByText('This is the second decision.').waitFor();
  await prepare(app, 'Approve', 'Once more');
  await review(app).getByRole('button', { name: 'Approve 12,000.00 USD' }).click();
  await review(app).getByText('the second has to be somebody else’s').waitFor();
  const second = await openReview(id, { as: manager });
  await review(second).getByText('This is the second decision.').waitFor();
  await prepare(second, 'Approve', 'Agreed');
  await review(second).getByRole('button', { name: 'Approve 12,000.00 USD' }).click();
  await review(second).getByText('Approved.').waitFor();
  await idle();
  const [request] = await rows(`fno_creditlimitrequests?$filter=fno_creditlimitrequestid eq ${id}`);
  expect(request).toMatchObject({ fno_seconddecision: 715000000, fno_seconddecisionreason: 'Agreed' });
});

test('an invoice posted during the review marks the request, and the figures follow', async () => {
  const id = await ask('US-001', 5000);
  const app = await openReview(id);
  const before = await part(app, 'Open and overdue').innerText();
  await emulator.console('POST', '/clock', { advanceMs: 60_000 });
  await command('post-invoice', { amount: 777.5 });
  await idle();
  await app.page.reload();
  await review(app)
    .getByText(/^New activity on /)
    .waitFor();
  await part(app, 'Open and overdue').getByText('Not due').waitFor();
  expect(await part(app, 'Open and overdue').innerText()).not.toBe(before);
});

test('months by keyboard, and the same as a table', async () => {
  const app = await openReview(await ask('US-001', 5000));
  const months = review(app).getByRole('group', { name: 'Invoices and payments, twelve months' }).getByRole('img');
  await months.last().focus();
  await app.page.keyboard.press('Home');
  expect(await months.first().evaluate((month) => month === document.activeElement)).toBe(true);
  await app.page.keyboard.press('Tab');
  await app.page.keyboard.press('Enter');
  await review(app).getByRole('columnheader', { name: 'Days to pay' }).waitFor();
  expect(await part(app, 'Invoices and payments, twelve months').getByRole('row').count()).toBe(13);
});

test.each([
  ['light', 1440, 'none'],
  ['dark', 1440, 'none'],
  ['light', 640, 'active'],
] as const)(
  '%s, %i pixels wide, forced colours %s: within the rules, and within its place',
  async (theme, width, forcedColors) => {
    // 640 pixels is a page of 1280 at 200 %.
    const id = await ask('US-004', 12_000);
    const app = await openReview(id, { theme, context: { viewport: { width, height: 900 }, forcedColors } });
    await part(app, 'Currency').getByText('The number is carried over unchanged').waitFor();
    expect(await review(app).evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
    expect(await violationsOn(app.page, '[aria-label="Credit review"]')).toEqual([]);
  },
);

describe('events', () => {
  async function happen(): Promise<void> {
    await command('post-invoice', { amount: 120.5 });
    await command('receive-payment', { amount: 50, reference: 'PAY-50' });
    await command('put-on-hold', { hold: 'Invoice' });
    await idle();
  }
  const timeline = (app: AppPage) => app.page.getByRole('group', { name: 'Events in finance and operations' });

  test('the Events page shows what happened, by kind too', async () => {
    await happen();
    const app = await openPage('pagetype=entitylist&etn=fno_eventlog', { as: service });
    await timeline(app).getByText('3 events').waitFor();
    await timeline(app).getByText('PAY-50').waitFor();
    expect(await violationsOn(app.page)).toEqual([]);
    await timeline(app).getByRole('combobox', { name: 'Kind' }).click();
    await app.page.getByRole('option', { name: 'Data event' }).click();
    await timeline(app).getByText('1 events').waitFor();
    expect(await timeline(app).getByRole('listitem').innerText()).toContain('Customer changed');
  });

  test('a customer shows its own, and an event opens', async () => {
    await happen();
    const app = await openPage('pagetype=entitylist&etn=account', { as: service });
    await app.openCustomer('US-001');
    await app.page.getByRole('tab', { name: 'Events' }).click();
    await timeline(app).getByText('3 events').waitFor();
    await timeline(app)
      .getByRole('button', { name: /Payment posted/ })
      .click();
    await app.page.getByRole('heading', { level: 1, name: 'PAY-50 US-001' }).waitFor();
  });

  test('the pages of the virtual tables show their rows', async () => {
    const app = await openPage('pagetype=entitylist&etn=account', { as: service });
    for (const page of ['Transactions', 'Invoices', 'Aged balances', 'Credit statistics', 'Temporary credit limits']) {
      await app.page.getByRole('link', { name: `${page} (virtual)` }).click();
      await app.page
        .getByRole('gridcell', { name: /US-00\d/ })
        .first()
        .waitFor();
    }
  });
});
