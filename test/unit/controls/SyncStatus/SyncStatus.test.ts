/** @jest-environment jsdom */
import { act, fireEvent, screen, within } from '@testing-library/react';
import { SyncStatus } from '../../../../controls/SyncStatus/index.ts';
import {
  hostControl,
  type ControlHost,
  type FakeWebApi,
  type HostOptions,
} from '../../../support/component-framework.ts';

const company = [{ id: '{CCCCCCCC-0000-0000-0000-000000000001}', entityType: 'cdm_company', name: 'USMF' }];
const twin = 'mserp_custcustomerv3entity';
const values = {
  anchor: 'US-001',
  company,
  twinTable: twin,
  twinKey: 'mserp_customeraccount',
  columns: 'name=mserp_organizationname;creditlimit=mserp_creditlimit',
};
const account = { name: 'Contoso', creditlimit: 2000, versionnumber: 7 };
const customer = { mserp_organizationname: 'Contoso', mserp_creditlimit: 2000 };

const metadata = async (_table: string, columns: string[]) => ({
  Attributes: columns.map((name) => ({
    LogicalName: name,
    AttributeType: name === 'creditlimit' ? 'Money' : 'String',
    DisplayName: name === 'creditlimit' ? 'Credit Limit' : 'Account Name',
  })),
});

const webApi = (given: FakeWebApi = {}): FakeWebApi => ({
  cdm_company: () => [{ cdm_companycode: 'usmf' }],
  account: () => [account],
  [twin]: () => [customer],
  ...given,
});

let host: ControlHost | undefined;
afterEach(() => {
  host?.destroy();
  host = undefined;
});

async function open(given: Partial<HostOptions> = {}): Promise<ControlHost> {
  host = await hostControl(SyncStatus, {
    control: 'SyncStatus',
    webApi: webApi(),
    metadata,
    ...given,
    values: { ...values, ...given.values },
  });
  return host;
}

const shown = () => document.body.textContent ?? '';
const said = () => screen.getByRole('status').textContent;
const refresh = () => screen.getByText('Refresh').closest('button') as HTMLButtonElement;
const pause = async () => {
  await act(() => new Promise((done) => setTimeout(done, 600)));
  await host!.settled();
};

test('a row and its twin that hold the same are in step, and it says when that was looked at', async () => {
  await open();
  expect(said()).toBe('In step with finance and operations');
  expect(shown()).toMatch(/Last checked \d{4}-\d\d-\d\d \d\d:\d\d/);
  expect(screen.queryByRole('table')).toBeNull();
});

test('both rows are read narrowly, by account number and company', async () => {
  const { requests } = await open({ values: { anchor: "O'Neill & Co" } });
  expect(requests.map(decodeURIComponent).sort()).toEqual([
    "account?$select=name,creditlimit,versionnumber&$filter=accountnumber eq 'O''Neill & Co' and _msdyn_company_value eq cccccccc-0000-0000-0000-000000000001&$top=1",
    'cdm_company(cccccccc-0000-0000-0000-000000000001)?$select=cdm_companycode',
    `${twin}?$select=mserp_organizationname,mserp_creditlimit&$filter=mserp_customeraccount eq 'O''Neill & Co' and mserp_dataareaid eq 'usmf'&$top=1`,
  ]);
});

test('what differs is a table: column by its label, here, there', async () => {
  await open({ webApi: webApi({ [twin]: () => [{ mserp_organizationname: '', mserp_creditlimit: 2500 }] }) });
  expect(said()).toBe('2 columns differ');
  const rows = within(screen.getByRole('table')).getAllByRole('row');
  expect(rows.map((row) => [...row.children].map((cell) => cell.textContent))).toEqual([
    ['Column', 'Here', 'In finance and operations'],
    ['Account Name', 'Contoso', '(empty)'],
    ['Credit Limit', '2000', '2500'],
  ]);
  expect(rows[1]!.querySelector('th')!.getAttribute('scope')).toBe('row');
});

test('one column that differs is counted as one', async () => {
  await open({ webApi: webApi({ [twin]: () => [{ ...customer, mserp_creditlimit: 1 }] }) });
  expect(said()).toBe('1 column differs');
});

test('without the host’s metadata columns are compared as text, under their own names', async () => {
  await open({ metadata: undefined, webApi: webApi({ [twin]: () => [{ ...customer, mserp_creditlimit: 1 }] }) });
  expect(screen.getByRole('rowheader').textContent).toBe('creditlimit');
});

test('values are shown as text, whatever is in them', async () => {
  const hostile = '<img src=x onerror="window.hacked=1">';
  await open({ webApi: webApi({ [twin]: () => [{ ...customer, mserp_organizationname: hostile }] }) });
  expect(shown()).toContain(hostile);
  expect(document.querySelector('img')).toBeNull();
});

test('inputs that are left empty take the defaults of the manifest', async () => {
  const { requests } = await open({ values: { twinTable: null, twinKey: null } });
  expect(requests.some((request) => request.startsWith(`${twin}?`) && request.includes('mserp_customeraccount'))).toBe(
    true,
  );
  expect(said()).toBe('In step with finance and operations');
});

describe('states', () => {
  test.each([
    ['no company', { company: null }, 'no company'],
    ['no account number', { anchor: ' ' }, 'no account number'],
    ['no columns', { columns: null }, 'no columns to compare'],
    ['columns that cannot be read', { columns: 'name=<b>' }, 'cannot be read: name=<b>'],
  ])('with %s it says so and asks nothing', async (_case, given, words) => {
    const { requests } = await open({ values: given });
    expect(said()).toContain(words);
    expect(requests).toEqual([]);
    expect(refresh().disabled).toBe(true);
  });

  test('while it is reading it says so', async () => {
    await open({ webApi: webApi({ [twin]: () => new Promise(() => undefined) }) });
    expect(said()).toBe('Comparing with finance and operations…');
    expect(refresh().disabled).toBe(true);
  });

  test('a customer finance and operations does not have is "not there yet"', async () => {
    await open({ webApi: webApi({ [twin]: () => [] }) });
    expect(said()).toBe('Customer US-001 is not there yet in finance and operations (company usmf).');
  });

  test('an account that is not saved is not looked for there', async () => {
    const { requests } = await open({ webApi: webApi({ account: () => [] }) });
    expect(said()).toBe('This account is not saved yet.');
    expect(requests.some((request) => request.startsWith(twin))).toBe(false);
  });

  test('a lack of permission is said', async () => {
    await open({ webApi: webApi({ [twin]: () => Promise.reject({ errorCode: 0x80040220, message: 'x' }) }) });
    expect(said()).toContain('You have no permission');
  });

  test('a failure shows its words, keeps the last differences, and Refresh tries again', async () => {
    let answer: () => Record<string, unknown>[] | Promise<never> = () => [{ ...customer, mserp_creditlimit: 1 }];
    await open({ webApi: webApi({ [twin]: () => answer() }) });
    answer = () => Promise.reject(new Error('error of type <b>429</b>'));
    fireEvent.click(refresh());
    await host!.settled();
    expect(said()).toBe('The comparison failed: error of type <b>429</b>');
    expect(screen.getByRole('table')).toBeTruthy();
    answer = () => [customer];
    fireEvent.click(refresh());
    await host!.settled();
    expect(said()).toBe('In step with finance and operations');
  });

  test('a company that could not be read is asked for again', async () => {
    let isDown = true;
    await open({
      webApi: webApi({
        cdm_company: () => (isDown ? Promise.reject(new Error('down')) : [{ cdm_companycode: 'usmf' }]),
      }),
    });
    expect(said()).toContain('down');
    isDown = false;
    fireEvent.click(refresh());
    await host!.settled();
    expect(said()).toBe('In step with finance and operations');
  });

  test('German users read German, from the right where their language does', async () => {
    await open({ languageId: 1031, isRightToLeft: true });
    expect(said()).toBe('Stimmt mit Finance and Operations überein');
    expect(screen.getByRole('group').getAttribute('dir')).toBe('rtl');
  });
});

describe('after a save', () => {
  test('a new version of the row is compared again', async () => {
    let limit = 2000;
    let version = 7;
    const opened = await open({
      webApi: webApi({ account: () => [{ ...account, creditlimit: limit, versionnumber: version }] }),
    });
    limit = 3000;
    version++;
    await opened.update({}, ['parameters']);
    await pause();
    expect(said()).toBe('1 column differs');
  });

  test('updates that were no save cost one read of the row together, and none of its twin', async () => {
    const opened = await open();
    const before = opened.requests.length;
    for (let update = 0; update < 5; update++) await opened.update({}, ['parameters']);
    await pause();
    expect(opened.requests.slice(before).map((request) => request.split('?')[0])).toEqual(['account']);
  });

  test('a change of the form’s size costs nothing', async () => {
    const opened = await open();
    const before = opened.requests.length;
    await opened.update({}, ['layout']);
    await pause();
    expect(opened.requests).toHaveLength(before);
  });

  test('another customer is compared anew, and an answer for the one before is dropped', async () => {
    let late = (_rows: Record<string, unknown>[]): void => undefined;
    const opened = await open({
      webApi: webApi({
        [twin]: (query) =>
          query.includes("'US-001'") ? new Promise((done) => (late = done)) : [{ ...customer, mserp_creditlimit: 1 }],
      }),
    });
    await opened.update({ anchor: 'US-002' });
    late([customer]);
    await opened.settled();
    expect(said()).toBe('1 column differs');
  });
});
