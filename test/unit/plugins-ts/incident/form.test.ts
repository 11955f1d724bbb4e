import { amountProblem } from '../../../../plugins-ts/incident/amount.ts';
import { onLoad, onSave } from '../../../../plugins-ts/incident/index.ts';
import { FakeForm, installXrm, promisesDone, type FormOptions, type XrmOptions } from '../../../support/xrm.ts';

const increase = 715_000_000;
const harborlight = [{ id: '{A}', entityType: 'account', name: 'Harborlight' }];
const dollars = { '_transactioncurrencyid_value@OData.Community.Display.V1.FormattedValue': 'US Dollar' };
const columns = {
  fno_requesttype: null,
  fno_requestedcreditlimit: null,
  fno_currentcreditlimit: null,
  transactioncurrencyid: null,
  customerid: harborlight,
};

async function opened(form: FormOptions = {}, xrm: XrmOptions = {}) {
  const fake = installXrm({
    retrieveRecord: () => ({ creditlimit: 2000, _transactioncurrencyid_value: 'usd', ...dollars }),
    retrieveMultipleRecords: () => [
      { defaultvalue: '100000', environmentvariabledefinition_environmentvariablevalue: [{ value: '50000' }] },
    ],
    ...xrm,
  });
  const page = new FakeForm({ values: columns, ...form });
  page.onSave = onSave as never;
  onLoad(page.event());
  await promisesDone();
  return { page, fake };
}

const choose = async (page: FakeForm, type: number) => {
  page.type('fno_requesttype', type);
  await promisesDone();
};
const errorOf = (page: FakeForm) => [...page.controls.get('fno_requestedcreditlimit')!.errors.values()];

test.each([
  [null, 2000, 50_000, 'noAmount'],
  [1500, 2000, 50_000, 'notAbove'],
  [2000, 2000, 50_000, 'notAbove'],
  [2000.01, 2000, 50_000, undefined],
  [50_000, 2000, 50_000, undefined],
  [50_000.01, 2000, 50_000, 'aboveHighest'],
  [5, undefined, undefined, undefined],
] as const)('%s with a limit of %s, %s at most: %s', (wanted, current, highest, problem) => {
  expect(amountProblem(wanted, { current, highest })).toBe(problem);
});

test('choosing the type shows wanted limit, current limit and currency, filled in for the customer', async () => {
  const { page, fake } = await opened();
  const shown = () =>
    ['fno_requestedcreditlimit', 'fno_currentcreditlimit', 'transactioncurrencyid'].map(
      (name) => page.controls.get(name)!.isVisible,
    );
  expect(shown()).toEqual([false, false, false]);
  await choose(page, increase);
  expect(shown()).toEqual([true, true, true]);
  expect(page.value('fno_currentcreditlimit')).toBe(2000);
  expect(page.value('transactioncurrencyid')).toMatchObject([{ id: '{USD}', name: 'US Dollar' }]);
  expect(page.requiredLevels.get('fno_requestedcreditlimit')).toBe('required');
  expect(fake.requests).toContain('account(A)?$select=creditlimit,_transactioncurrencyid_value');
  await choose(page, 715_000_001);
  expect(shown()).toEqual([false, false, false]);
});

test.each([
  [1033, 1500, 'The wanted limit must be above the current limit of 2,000.00 (US Dollar).'],
  [1031, 1500, 'Das gewünschte Limit muss über dem aktuellen Limit von 2.000,00 (US Dollar) liegen.'],
  [
    1033,
    60_000,
    'No limit above 50,000.00 (US Dollar) can be asked for here. Ask for less, or speak to the sales team.',
  ],
])('an amount that cannot be asked for stops the save and says why (%s, %s)', async (languageId, amount, words) => {
  const { page } = await opened({}, { languageId });
  await choose(page, increase);
  page.type('fno_requestedcreditlimit', amount);
  expect(errorOf(page)).toEqual([words]);
  expect(await page.save()).toBe(false);
  expect(page.saves).toEqual([]);
  page.type('fno_requestedcreditlimit', 5000);
  expect(errorOf(page)).toEqual([]);
  expect(await page.save()).toBe(true);
});

test('no amount is not held against anybody before the save', async () => {
  const { page } = await opened();
  await choose(page, increase);
  expect(errorOf(page)).toEqual([]);
  expect(await page.save()).toBe(false);
  expect(errorOf(page)).toEqual(['Enter the credit limit the customer asks for.']);
});

test('a limit that cannot be read is said, and does not stop the save: the flow looks again', async () => {
  const { page } = await opened(
    {},
    {
      retrieveRecord: () => {
        throw new Error('no privilege');
      },
    },
  );
  await choose(page, increase);
  expect([...page.notifications.values()].map(({ text }) => text)).toEqual([
    'The current limit could not be read, so the amount is not checked: no privilege',
  ]);
  page.type('fno_requestedcreditlimit', 1);
  expect(await page.save()).toBe(true);
});

test('a person as customer is told to be none with a limit', async () => {
  const { page } = await opened({
    values: { ...columns, customerid: [{ id: '{P}', entityType: 'contact', name: 'Hanna' }] },
  });
  await choose(page, increase);
  expect([...page.notifications.values()]).toMatchObject([
    { level: 'WARNING', text: expect.stringContaining('is a person') },
  ]);
});

test('a case that is with the sales team is not asked about its amount again', async () => {
  const { page } = await opened({
    id: '{1}',
    values: { ...columns, fno_requesttype: increase, fno_requestedcreditlimit: 1 },
  });
  expect(page.controls.get('fno_requestedcreditlimit')!.isDisabled).toBe(true);
  expect(await page.save()).toBe(true);
});
