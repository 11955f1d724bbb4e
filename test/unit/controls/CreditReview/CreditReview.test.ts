/** @jest-environment jsdom */
import { act, fireEvent, screen, within } from '@testing-library/react';
import { CreditReview } from '../../../../controls/CreditReview/index.ts';
import {
  hostControl,
  type ControlHost,
  type FakeWebApi,
  type HostOptions,
} from '../../../support/component-framework.ts';

const formatted = 'OData.Community.Display.V1.FormattedValue';
const caseId = 'cccccccc-0000-0000-0000-000000000001';
const requestId = 'aaaaaaaa-0000-0000-0000-000000000001';
const [inReview, waiting, applied, rejected] = [1, 715000001, 715000002, 715000006];

const values = {
  account: 'US-001',
  company: 'usmf',
  requestCase: [{ id: caseId, entityType: 'incident', name: 'Raise my limit' }],
  currentLimit: 2000,
  requestedLimit: 5000,
  status: inReview,
  decision: null,
  secondDecision: null,
  newActivity: false,
  newActivityOn: null,
};
const customer = {
  mserp_creditlimit: 2000,
  mserp_salescurrencycode: 'USD',
  [`mserp_onholdstatus@${formatted}`]: 'No',
  [`mserp_credmancustunlimitedcredit@${formatted}`]: 'No',
  mserp_invoiceaccount: 'US-001',
  mserp_paymentterms: 'Net30',
};
const now = new Date();
const month = `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-`;
const transactions = [
  {
    mserp_transdate: '2020-01-01T12:00:00Z',
    mserp_duedate: '2020-01-31T12:00:00Z',
    mserp_amountmst: 300,
    mserp_settleamountmst: 0,
    mserp_closed: null,
    mserp_invoice: 'CIV-1',
  },
  {
    mserp_transdate: `${month}01T12:00:00Z`,
    mserp_duedate: '2099-01-31T12:00:00Z',
    mserp_amountmst: 700,
    mserp_settleamountmst: 0,
    mserp_closed: null,
    mserp_invoice: 'CIV-2',
  },
  {
    mserp_transdate: `${month}01T12:00:00Z`,
    mserp_duedate: null,
    mserp_amountmst: -120,
    mserp_settleamountmst: -120,
    mserp_closed: `${month}01T12:00:00Z`,
    mserp_invoice: '',
  },
];
const saved = {
  '@odata.etag': 'W/"7"',
  fno_creditlimitrequestid: requestId,
  statuscode: inReview,
  [`statuscode@${formatted}`]: 'In review',
  fno_decision: null,
  fno_seconddecision: null,
  fno_newactivityon: null,
  fno_AccountId: { '@odata.etag': 'W/"42"', creditlimit: 2000 },
  [`_modifiedby_value@${formatted}`]: 'Sam Sales',
};

type Rows = Record<string, unknown>[];
let host: ControlHost | undefined;
let answers: Record<string, Rows | Error>;
let patched: { url: string; version: string; body: Record<string, unknown> }[];
let patchStatus: number;
let symbols: Record<string, string>;
beforeEach(() => {
  answers = {
    mserp_custcustomerv3entity: [customer],
    mserp_custtransbientity: transactions,
    mserp_credmancustbalancestatentity: [
      { mserp_balance: 1000, mserp_exposure: 1500, mserp_balancedate: '2026-03-01T12:00:00Z' },
    ],
    mserp_credmancreditlimitadvancedentity: [],
    mserp_credmancreditlimitcustgrouplineentity: [],
    mserp_credmancreditlimitcustgroupentity: [{ mserp_creditmax: 9000, mserp_currencycode: 'USD' }],
    mserp_custagingentity: [{ mserp_mstcurrency: 'USD' }],
    mserp_customerparametersentity: [{ mserp_changeproposalisenabled: 7, mserp_changeproposaldataentitybehavior: 8 }],
    mserp_credmanparametersentity: [{ mserp_creditlimitallowmanualediting: 9 }],
    environmentvariabledefinition: [
      {
        schemaname: 'fno_RepresentativeLimit',
        defaultvalue: '10000',
        environmentvariabledefinition_environmentvariablevalue: [],
      },
    ],
    fno_creditlimitrequest: [saved],
  };
  patched = [];
  patchStatus = 204;
  symbols = { '7': 'No', '8': 'AllowWithoutApproval', '9': 'Yes' };
  globalThis.fetch = async (url, init) => answer(String(url), init) as never;
});
afterEach(() => host?.destroy());

/** What the service answers to the two requests a control sends by itself. */
function answer(url: string, init: RequestInit | undefined) {
  const reply = (status: number, body: object = {}) => ({
    status,
    ok: status < 400,
    statusText: '',
    json: async () => body,
  });
  if (init?.method !== 'PATCH') {
    const asked = [...decodeURIComponent(url).matchAll(/LogicalName eq '([^']+)'/g)].map((match) => match[1]!);
    const Options = Object.entries(symbols).map(([value, ExternalValue]) => ({ Value: Number(value), ExternalValue }));
    return reply(200, {
      value: asked.map((LogicalName) => ({ LogicalName, OptionSet: null, GlobalOptionSet: { Options } })),
    });
  }
  const version = (init.headers as Record<string, string>)['If-Match']!;
  patched.push({ url, version, body: JSON.parse(String(init.body)) as Record<string, unknown> });
  return reply(patchStatus, { error: { code: '0x80040220', message: 'Principal user is missing privilege' } });
}

const webApi = (): FakeWebApi =>
  Object.fromEntries(
    Object.keys(answers).map((table) => [
      table,
      () => {
        const given = answers[table]!;
        if (given instanceof Error) throw given;
        return given;
      },
    ]),
  );

async function open(given: Partial<HostOptions> = {}): Promise<ControlHost> {
  host = await hostControl(CreditReview, {
    control: 'CreditReview',
    webApi: webApi(),
    ...given,
    traits: { status: { formatted: 'In review' } as never, ...given.traits },
    values: { ...values, ...given.values },
  });
  return host;
}

const part = (name: string | RegExp) => screen.getByRole('region', { name });
const said = (name: string | RegExp) => part(name).textContent ?? '';
const button = (name: string | RegExp) => screen.getByRole('button', { name });
const click = async (name: string | RegExp) => {
  fireEvent.click(button(name));
  await host!.settled();
};
const giveReason = (reason = 'Pays well') =>
  fireEvent.change(screen.getByRole('textbox', { name: /Reason/ }), { target: { value: reason } });

describe('the figures', () => {
  test('six narrow requests, one a part, each for this customer in this company', async () => {
    await open();
    expect(host!.requests).toHaveLength(6);
    expect(host!.requests.map((request) => request.split('?')[0])).toEqual([
      'mserp_custcustomerv3entity',
      'mserp_custtransbientity',
      'mserp_credmancustbalancestatentity',
      'mserp_credmancreditlimitadvancedentity',
      'mserp_credmancreditlimitcustgrouplineentity',
      'mserp_custagingentity',
    ]);
    for (const request of host!.requests) {
      expect(request).toContain('$select=');
      expect(request).toContain("'usmf'");
    }
    const filters = host!.requests.slice(0, 5);
    expect(filters.every((request) => request.includes("'US-001'"))).toBe(true);
  });

  test('limit, exposure, open, overdue and their age are shown with the currency of the company', async () => {
    await open();
    expect(said('Credit limit')).toContain('Now2000.00 USDWanted5000.00 USDDifference3000.00 USD');
    expect(said('Credit limit')).toContain('On holdNo');
    expect(said('Exposure')).toContain('Owed and ordered1500.00 USD');
    expect(said('Exposure')).toContain('Share of the limit now75 %Share of the wanted limit30 %');
    expect(said('Open and overdue')).toContain('Open1000.00 USDOverdue300.00 USD');
    const ages = within(part('Open and overdue'))
      .getAllByRole('row')
      .map((row) => row.textContent);
    expect(ages).toEqual([
      'Overdue forAmount',
      'Not due700.00 USD',
      '1 – 30 days0.00 USD',
      '31 – 60 days0.00 USD',
      '61 – 90 days0.00 USD',
      'over 90 days300.00 USD',
    ]);
    expect(said('Temporary limits')).toContain('No temporary limit.');
    expect(said('Credit group')).toContain('In no credit group.');
    expect(said('Currency')).toContain('are the same: USD');
  });

  test('an update that changes nothing asks nothing', async () => {
    await open();
    await host!.update({}, ['layout']);
    await host!.update({}, []);
    expect(host!.requests).toHaveLength(6);
  });

  test('without an account there is nothing to ask', async () => {
    await open({ values: { account: ' ' } });
    expect(document.body.textContent).toContain('the customer account or the company is empty');
    expect(host!.requests).toEqual([]);
  });

  test('each part fails, is refused and is tried again by itself', async () => {
    answers['mserp_custtransbientity'] = new Error('The service is too busy');
    answers['mserp_custagingentity'] = Object.assign(new Error('no'), { errorCode: 0x80040220 });
    await open();
    expect(said('Open and overdue')).toContain(
      'could not be read from finance and operations. The service is too busy',
    );
    expect(said(/twelve months/)).toContain('The service is too busy');
    expect(said('Currency')).toContain('You don’t have permission');
    expect(said('Credit limit')).toContain('2000.00');
    answers['mserp_custtransbientity'] = transactions;
    host!.requests.length = 0;
    fireEvent.click(within(part('Open and overdue')).getByRole('button', { name: 'Try again' }));
    await host!.settled();
    expect(host!.requests).toHaveLength(1);
    expect(said('Open and overdue')).toContain('Open1000.00');
  });

  test('parts that are still read say so, and the others are there already', async () => {
    const waitingApi = { ...webApi(), mserp_custtransbientity: () => new Promise<Rows>(() => undefined) };
    await open({ webApi: waitingApi });
    expect(said('Open and overdue')).toContain('Loading…');
    expect(part('Open and overdue').getAttribute('aria-busy')).toBe('true');
    expect(said('Exposure')).toContain('1500.00 USD');
  });

  test('what there is not is said part by part', async () => {
    for (const table of Object.keys(answers)) if (table.startsWith('mserp_')) answers[table] = [];
    await open();
    expect(said('Credit limit')).toContain('has no customer US-001 in company usmf');
    expect(said('Exposure')).toContain('has not updated its statistics');
    expect(said('Open and overdue')).toContain('Nothing is open.');
    expect(said('Currency')).toContain('is not known here');
    expect(said(/twelve months/)).toContain('neither an invoice nor a payment');
  });

  test('the currency trap is explained with both numbers', async () => {
    answers['mserp_custagingentity'] = [{ mserp_mstcurrency: 'EUR' }];
    await open();
    expect(said('Currency')).toContain(
      'The limit is kept in EUR, the currency of the company, but the request is in USD, the currency of the customer. The number is carried over unchanged: 5000.00 USD will become 5000.00 EUR.',
    );
    expect(said('Credit limit')).toContain('Now2000.00 EURWanted5000.00 USD');
  });

  test('temporary limits in force and to come; the limit of a group when it is asked for', async () => {
    answers['mserp_credmancreditlimitadvancedentity'] = [
      { mserp_creditmax: 8000, mserp_fromdate: '2020-01-01T12:00:00Z', mserp_todate: '2099-12-31T12:00:00Z' },
      { mserp_creditmax: 100, mserp_fromdate: '2098-01-01T12:00:00Z', mserp_todate: '2099-12-31T12:00:00Z' },
    ];
    answers['mserp_credmancreditlimitcustgrouplineentity'] = [{ mserp_creditlimitid: 'RETAIL' }];
    await open();
    expect(said('Temporary limits')).toMatch(/Until 2099-12-31.* a temporary limit of 8000.00 USD is in force instead/);
    expect(said('Temporary limits')).toMatch(/From 2098-01-01.* a temporary limit of 100.00 USD will be in force/);
    expect(said('Credit group')).toContain('In credit group RETAIL, whose limit is checked first.');
    expect(host!.requests).toHaveLength(6);
    await click('Show its limit');
    expect(said('Credit group')).toContain('Limit of the group: 9000.00 USD.');
  });

  test('a limit that moved, another invoice account and hostile texts are shown as they are', async () => {
    answers['mserp_custcustomerv3entity'] = [
      {
        ...customer,
        mserp_creditlimit: 3000,
        mserp_invoiceaccount: '<b>US-9</b>',
        [`mserp_onholdstatus@${formatted}`]: '<img src=x>',
      },
    ];
    await open();
    expect(said('Credit limit')).toContain('it was 2000.00 USD then');
    expect(said('Credit limit')).toContain('Invoices go to account <b>US-9</b>');
    expect(document.querySelector('img')).toBeNull();
  });

  test('in German, for the customer at hand', async () => {
    await open({ languageId: 1031 });
    expect(said('Offen und überfällig')).toContain('über 90 Tage');
  });
});

describe('twelve months', () => {
  const months = () => within(screen.getByRole('group', { name: /twelve months/ })).getAllByRole('img');

  test('one month is in the order of Tab, and arrows, Home and End go through them', async () => {
    await open();
    expect(months()).toHaveLength(12);
    const stop = () => months().findIndex((month) => month.tabIndex === 0);
    expect(stop()).toBe(11);
    act(() => months()[11]!.focus());
    fireEvent.keyDown(months()[11]!, { key: 'ArrowLeft' });
    expect([stop(), months().indexOf(document.activeElement as HTMLElement)]).toEqual([10, 10]);
    fireEvent.keyDown(months()[10]!, { key: 'Home' });
    fireEvent.keyDown(months()[0]!, { key: 'ArrowLeft' });
    expect(stop()).toBe(0);
    fireEvent.keyDown(months()[0]!, { key: 'End' });
    expect(stop()).toBe(11);
    expect(months()[11]!.getAttribute('aria-label')).toBe(
      `${month.slice(0, 7)}: invoiced 700.00 USD, paid 120.00 USD, days to pay –`,
    );
  });

  test('the same as a table, and back', async () => {
    await open();
    await click('Show as table');
    const rows = within(part(/twelve months/)).getAllByRole('row');
    expect(rows).toHaveLength(13);
    expect(rows[12]!.textContent).toBe(`${month.slice(0, 7)}700.00 USD120.00 USD–`);
    await click('Show as chart');
    expect(months()).toHaveLength(12);
  });
});

describe('the decision', () => {
  test('wants a reason first', async () => {
    await open();
    await click('Approve…');
    expect(document.body.textContent).toContain('Say why');
    expect(host!.requests).toHaveLength(6);
  });

  test.each([
    ['No', 'AllowWithoutApproval', 'Yes', 'applies the new limit at once'],
    ['Yes', 'AllowWithoutApproval', 'Yes', 'applies the new limit at once'],
    ['Yes', 'CreateChangeProposal', 'Yes', 'will only propose the new limit'],
    ['Yes', 'RejectChanges', 'Yes', 'will refuse'],
    ['No', 'CreateChangeProposal', 'No', 'will refuse'],
    ['Yes', 'SomethingNew', 'Yes', 'cannot be told from here'],
  ])(
    'customer approval %s, %s, manual editing %s: says what it will do',
    async (isEnabled, behavior, editing, words) => {
      symbols = { '7': isEnabled, '8': behavior, '9': editing };
      await open();
      giveReason();
      await click('Approve…');
      expect(said('Decision')).toContain(words);
    },
  );

  test('above the limit of a representative it says that a manager follows', async () => {
    answers['environmentvariabledefinition'] = [
      {
        schemaname: 'fno_RepresentativeLimit',
        defaultvalue: '10000',
        environmentvariabledefinition_environmentvariablevalue: [{ value: '4000' }],
      },
    ];
    await open();
    giveReason();
    await click('Approve…');
    expect(said('Decision')).toContain('Above 4000.00 USD a manager has to approve, too.');
    await click('Approve 5000.00 USD');
    expect(patched[0]!.body).toMatchObject({ fno_decision: 715000000 });
    expect(patched[0]!.body).not.toHaveProperty('statuscode');
  });

  test('what cannot be read stops nobody', async () => {
    answers['mserp_customerparametersentity'] = new Error('busy');
    answers['environmentvariabledefinition'] = new Error('no');
    await open();
    giveReason();
    await click('Approve…');
    expect(said('Decision')).toContain('cannot be told from here');
    expect(button('Approve 5000.00 USD')).toBeTruthy();
  });

  test('an approval writes the columns of the first decision against the version that was read, and opens the form anew', async () => {
    const opened: object[] = [];
    await open({ opened });
    giveReason('  Pays well  ');
    await click('Approve…');
    await click('Approve 5000.00 USD');
    expect(patched).toEqual([
      {
        url: `/api/data/v9.2/fno_creditlimitrequests(${requestId})`,
        version: 'W/"7"',
        body: {
          fno_decision: 715000000,
          fno_decisionreason: 'Pays well',
          fno_decidedon: expect.stringMatching(/^\d{4}-.*Z$/) as string,
          'fno_DecidedBy@odata.bind': '/systemusers(eeeeeeee-0000-0000-0000-000000000001)',
          fno_reviewedlimit: 2000,
          fno_reviewedversion: 'W/"42"',
        },
      },
    ]);
    expect(said('Decision')).toContain('Approved.');
    expect(screen.queryByRole('textbox')).toBeNull();
    expect(opened).toEqual([{ entityName: 'fno_creditlimitrequest', entityId: requestId }]);
  });

  test('a rejection is said to change nothing, asks nothing more, and is written', async () => {
    await open();
    giveReason('Too much is overdue');
    await click('Reject…');
    expect(said('Decision')).toContain('The limit stays as it is');
    expect(host!.requests).toHaveLength(6);
    await click('Back');
    await click('Reject…');
    await click('Reject the request');
    expect(patched[0]!.body).toMatchObject({ fno_decision: 715000001, fno_decisionreason: 'Too much is overdue' });
    expect(said('Decision')).toContain('Rejected.');
  });

  test('the second decision has columns of its own', async () => {
    answers['fno_creditlimitrequest'] = [{ ...saved, statuscode: waiting, fno_decision: 715000000 }];
    await open({ values: { status: waiting, decision: 715000000 } });
    expect(said('Decision')).toContain('This is the second decision.');
    giveReason();
    await click('Approve…');
    await click('Approve 5000.00 USD');
    expect(Object.keys(patched[0]!.body)).toEqual([
      'fno_seconddecision',
      'fno_seconddecisionreason',
      'fno_seconddecidedon',
      'fno_SecondDecidedBy@odata.bind',
      'fno_reviewedlimit',
      'fno_reviewedversion',
    ]);
  });

  test('above the highest limit there is nothing to approve', async () => {
    answers['environmentvariabledefinition'] = [{ schemaname: 'fno_HighestLimit', defaultvalue: '4999' }];
    await open();
    giveReason();
    await click('Approve…');
    expect(said('Decision')).toContain('Nobody may approve more than 4999.00 USD.');
    expect(screen.queryByRole('button', { name: 'Approve 5000.00 USD' })).toBeNull();
  });

  test('nobody gives both decisions', async () => {
    answers['fno_creditlimitrequest'] = [
      {
        ...saved,
        statuscode: waiting,
        fno_decision: 715000000,
        _fno_decidedby_value: 'eeeeeeee-0000-0000-0000-000000000001',
      },
    ];
    await open({ values: { status: waiting, decision: 715000000 } });
    giveReason();
    await click('Approve…');
    await click('Approve 5000.00 USD');
    expect(patched).toEqual([]);
    expect(said('Decision')).toContain('the second has to be somebody else’s');
  });

  test('who comes second is told who was first, and nothing is written', async () => {
    answers['fno_creditlimitrequest'] = [
      { ...saved, statuscode: rejected, [`statuscode@${formatted}`]: 'Rejected', fno_decision: 715000001 },
    ];
    await open();
    giveReason();
    await click('Approve…');
    await click('Approve 5000.00 USD');
    expect(patched).toEqual([]);
    expect(said('Decision')).toContain('Sam Sales has been there before you; the request is now: Rejected.');
    expect(screen.queryByRole('textbox')).toBeNull();
  });

  test('two in the same moment: the version decides, and the other is told', async () => {
    patchStatus = 412;
    await open();
    giveReason();
    await click('Approve…');
    await click('Approve 5000.00 USD');
    expect(patched).toHaveLength(1);
    expect(said('Decision')).toContain('Your decision was not saved.');
  });

  test('a limit that was not among what was shown is not approved; read again, it is', async () => {
    answers['fno_creditlimitrequest'] = [{ ...saved, fno_AccountId: { '@odata.etag': 'W/"43"', creditlimit: 3000 } }];
    await open();
    giveReason();
    await click('Approve…');
    await click('Approve 5000.00 USD');
    expect(patched).toEqual([]);
    expect(said('Decision')).toContain('The limit of the customer is 3000.00 USD now');
    answers['mserp_custcustomerv3entity'] = [{ ...customer, mserp_creditlimit: 3000 }];
    await click('Read again');
    await click('Approve…');
    await click('Approve 5000.00 USD');
    expect(patched[0]!.body).toMatchObject({ fno_reviewedlimit: 3000, fno_reviewedversion: 'W/"43"' });
  });

  test('a rejection is of no version of the customer', async () => {
    await open();
    giveReason();
    await click('Reject…');
    await click('Reject the request');
    expect(patched[0]!.body).not.toHaveProperty('fno_reviewedversion');
  });

  test('a decision that is written but not carried out yet is one', async () => {
    await open({ values: { decision: 715000000 } });
    expect(said('Decision')).toContain('This request is decided');
  });

  test('a second click while it is written writes nothing more', async () => {
    await open();
    giveReason();
    await click('Approve…');
    const approve = button('Approve 5000.00 USD');
    fireEvent.click(approve);
    fireEvent.click(approve);
    await host!.settled();
    expect(patched).toHaveLength(1);
  });

  test('a refusal is told in its words, the reason stays, and it can be tried again', async () => {
    patchStatus = 403;
    await open();
    giveReason();
    await click('Approve…');
    await click('Approve 5000.00 USD');
    expect(said('Decision')).toContain('The decision was not saved. Principal user is missing privilege');
    expect((screen.getByRole('textbox') as HTMLTextAreaElement).value).toBe('Pays well');
    patchStatus = 204;
    await click('Approve…');
    await click('Approve 5000.00 USD');
    expect(said('Decision')).toContain('Approved.');
  });

  test.each([applied, rejected])('a decided request (%i) is read only, and says what it is', async (status) => {
    await open({ values: { status }, traits: { status: { formatted: 'Confirmed' } as never } });
    expect(said('Decision')).toContain('Confirmed. This request is decided and cannot be changed.');
    expect(screen.queryByRole('textbox')).toBeNull();
  });

  test.each([
    ['the first', inReview, 'decision', 'You may look at this request, not decide it.'],
    ['the second', waiting, 'secondDecision', 'The request waits for a manager.'],
  ])('column security says who may give %s decision', async (_what, status, column, words) => {
    await open({
      values: { status },
      traits: { [column]: { security: { readable: true, editable: false, secured: true } } },
    });
    expect(said('Decision')).toContain(words);
    expect(screen.queryByRole('button', { name: 'Approve…' })).toBeNull();
  });

  test('a form that is read only decides nothing', async () => {
    await open({ isDisabled: true });
    expect(said('Decision')).toContain('You may look');
  });
});

describe('new activity', () => {
  test('the mark of the form is said with its moment', async () => {
    await open({ values: { newActivity: true, newActivityOn: new Date('2026-03-01T10:00:00Z') } });
    expect(document.body.textContent).toContain('New activity on 2026-03-01 10:00: an invoice, a payment or a change');
  });

  test('one the form learns of later reads everything once more; what was known stays meanwhile', async () => {
    await open();
    await host!.update({ newActivity: true, newActivityOn: new Date('2026-03-01T10:00:00Z') });
    expect(host!.requests).toHaveLength(12);
    expect(said('Credit limit')).toContain('2000.00 USD');
    await host!.update({}, []);
    expect(host!.requests).toHaveLength(12);
  });
});
