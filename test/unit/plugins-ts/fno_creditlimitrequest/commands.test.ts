import { approve, onLoad, reject, retry } from '../../../../plugins-ts/fno_creditlimitrequest/index.ts';
import { FakeForm, installXrm, type XrmOptions } from '../../../support/xrm.ts';

const f = '@OData.Community.Display.V1.FormattedValue';
const request = {
  '@odata.etag': 'W/"7"',
  statuscode: 1,
  [`statuscode${f}`]: 'In review',
  fno_decision: null,
  fno_seconddecision: null,
  fno_requestedlimit: 5000,
  [`fno_requestedlimit${f}`]: '$5,000.00',
  _fno_decidedby_value: null,
  [`_modifiedby_value${f}`]: 'Samir Saleh',
  fno_AccountId: { '@odata.etag': 'W/"3"', name: 'Harborlight', creditlimit: 2000 },
};
const variables: Record<string, string> = { fno_HighestLimit: '100000', fno_RepresentativeLimit: '10000' };

interface Sent {
  readonly url: string;
  readonly ifMatch: string;
  readonly body: Record<string, unknown>;
}

/** A form with a reason, the service behind it, and what was sent to it. */
function aRequest(
  row: object = {},
  { status = 204, reason = 'Pays on time.', ...xrm }: XrmOptions & { status?: number; reason?: string } = {},
) {
  const sent: Sent[] = [];
  globalThis.fetch = (async (url: string, init: RequestInit) => {
    const headers = init.headers as Record<string, string>;
    sent.push({ url, ifMatch: headers['If-Match']!, body: JSON.parse(String(init.body)) });
    const text = JSON.stringify({ error: { message: 'not allowed' } });
    return { status, ok: status < 400, statusText: '', text: async () => text };
  }) as unknown as typeof fetch;
  const fake = installXrm({
    userId: '{ABC}',
    retrieveRecord: () => ({ ...request, ...row }),
    retrieveMultipleRecords: (_table, query) => [{ defaultvalue: variables[/'(\w+)'/.exec(query)![1]!] }],
    ...xrm,
  });
  const form = new FakeForm({
    id: '{R}',
    values: { statuscode: 1, fno_decision: null, fno_decisionreason: reason, fno_seconddecisionreason: reason },
  });
  return { form, fake, sent };
}

test('an approval is written against the version seen, with the reason and what was seen of the customer', async () => {
  const { form, fake, sent } = aRequest();
  await approve(form.context);
  expect(fake.said).toEqual([
    'Raise the credit limit of Harborlight to $5,000.00? It is written to finance and operations at once.',
  ]);
  expect(sent).toMatchObject([
    {
      url: 'https://contoso.crm.dynamics.com/api/data/v9.2/fno_creditlimitrequests(r)',
      ifMatch: 'W/"7"',
      body: {
        fno_decision: 715_000_000,
        fno_decisionreason: 'Pays on time.',
        'fno_DecidedBy@odata.bind': 'systemusers(abc)',
        fno_reviewedlimit: 2000,
        fno_reviewedversion: 'W/"3"',
      },
    },
  ]);
  expect(form.refreshes).toBe(1);
});

test('above what one person may approve it waits for a manager, and says so before', async () => {
  const { form, fake, sent } = aRequest({ fno_requestedlimit: 20_000 });
  await approve(form.context);
  expect(fake.said[0]).toContain('a manager decides after you');
  expect(sent[0]!.body).not.toHaveProperty('statuscode');
});

test('the manager writes the second decision', async () => {
  const { form, sent } = aRequest({ statuscode: 715_000_001, fno_decision: 715_000_000, _fno_decidedby_value: 'DEF' });
  await approve(form.context);
  expect(sent[0]!.body).toMatchObject({
    fno_seconddecision: 715_000_000,
    'fno_SecondDecidedBy@odata.bind': 'systemusers(abc)',
  });
  expect(sent[0]!.body).not.toHaveProperty('fno_decision');
  expect(sent[0]!.body).not.toHaveProperty('statuscode');
});

test('a rejection touches neither limit nor state: the flow ends the request', async () => {
  const { form, sent } = aRequest();
  await reject(form.context);
  expect(Object.keys(sent[0]!.body).sort()).toEqual([
    'fno_DecidedBy@odata.bind',
    'fno_decidedon',
    'fno_decision',
    'fno_decisionreason',
  ]);
});

test.each([
  ['without a reason', {}, { reason: '  ' }, 'Give a reason first.'],
  [
    'by the same person twice',
    { statuscode: 715_000_001, fno_decision: 715_000_000, _fno_decidedby_value: 'ABC' },
    {},
    'the second one is for somebody else',
  ],
  ['above the highest limit at all', { fno_requestedlimit: 100_001 }, {}, 'It can only be rejected'],
  [
    'of what is decided already',
    { statuscode: 2, [`statuscode${f}`]: 'Confirmed' },
    {},
    'Confirmed (last changed by Samir Saleh)',
  ],
])('no decision %s', async (_what, row, more, words) => {
  const { form, fake, sent } = aRequest(row, more);
  await approve(form.context);
  expect(sent).toEqual([]);
  expect(fake.said).toEqual([expect.stringContaining(words)]);
});

test('a rejection is allowed above the highest limit', async () => {
  const { form, sent } = aRequest({ fno_requestedlimit: 100_001 });
  await reject(form.context);
  expect(sent).toHaveLength(1);
});

test('who was slower is told who was faster, and nothing of the decision is kept', async () => {
  const { form, fake } = aRequest({}, { status: 412 });
  await approve(form.context);
  expect(fake.said[1]).toBe('Samir Saleh was faster: the request is now “In review”. Your decision was not saved.');
  expect(form.refreshes).toBe(1);
});

test('a refusal is shown in the words of the service', async () => {
  const { form, fake } = aRequest({}, { status: 403 });
  await approve(form.context);
  expect(fake.said[1]).toBe('It could not be done: not allowed');
});

test('nothing is sent unless it is confirmed', async () => {
  const { form, sent } = aRequest({}, { isConfirmed: false });
  await approve(form.context);
  expect(sent).toEqual([]);
});

test('a refused or failed limit is tried again, another is not', async () => {
  const { form, sent } = aRequest({ statuscode: 715_000_004 });
  await retry(form.context);
  expect(sent[0]!.body).toEqual({ fno_retryon: expect.any(String) });
  const other = aRequest({ statuscode: 2, [`statuscode${f}`]: 'Confirmed' });
  await retry(other.form.context);
  expect([other.sent, other.fake.said]).toEqual([[], ['There is nothing to try again: the request is “Confirmed”.']]);
});

describe('the form', () => {
  const loaded = (values: object, languageId = 1033) => {
    installXrm({ languageId });
    const form = new FakeForm({
      id: '{R}',
      values: {
        fno_decision: null,
        fno_decisionreason: null,
        fno_seconddecisionreason: null,
        fno_reason: null,
        fno_message: null,
        fno_newactivity: false,
        ...values,
      },
      texts: { fno_reason: 'reason' in values ? String(values.reason) : '' },
    });
    onLoad(form.event());
    return { notes: [...form.notifications.values()].map(({ text }) => text), form };
  };
  const isOpen = (form: FakeForm) =>
    ['fno_decisionreason', 'fno_seconddecisionreason'].map((name) => !form.controls.get(name)!.isDisabled);

  test.each([
    1, 715_000_001, 715_000_002, 715_000_003, 715_000_004, 715_000_005, 2, 715_000_006, 715_000_007, 715_000_008,
  ])('says of state %s what happens next, in English and in German', (statuscode) => {
    const [english, german] = [1033, 1031].map((language) => loaded({ statuscode }, language).notes);
    expect(english).toHaveLength(1);
    expect(german).toHaveLength(1);
    expect(german).not.toEqual(english);
  });

  test('opens the reason of the decision that is due, and no other', () => {
    expect(isOpen(loaded({ statuscode: 1 }).form)).toEqual([true, false]);
    expect(isOpen(loaded({ statuscode: 715_000_001, fno_decision: 715_000_000 }).form)).toEqual([false, true]);
    expect(isOpen(loaded({ statuscode: 2 }).form)).toEqual([false, false]);
    const [both] = [{ fno_decision: 715_000_000, fno_seconddecision: 715_000_000 }];
    expect(isOpen(loaded({ statuscode: 715_000_001, ...both }).form)).toEqual([false, false]);
  });

  test('says of a decision that it is under way until the flow has written the state', () => {
    for (const values of [
      { statuscode: 1, fno_decision: 715_000_000 },
      { statuscode: 715_000_001, fno_decision: 715_000_000, fno_seconddecision: 715_000_001 },
    ])
      expect(loaded(values).notes.join()).toContain('Decided. What follows is under way');
  });

  test('shows the words of finance and operations, and new activity while it is open', () => {
    expect(
      loaded({ statuscode: 715_000_004, fno_reason: 715_000_008, reason: 'Refused', fno_message: '<b>No.</b>' }).notes,
    ).toContain('Refused: <b>No.</b>');
    expect(loaded({ statuscode: 1, fno_newactivity: true }).notes).toHaveLength(2);
    expect(loaded({ statuscode: 2, fno_newactivity: true }).notes).toHaveLength(1);
  });
});
