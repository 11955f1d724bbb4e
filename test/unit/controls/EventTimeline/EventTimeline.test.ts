/** @jest-environment jsdom */
import { fireEvent, screen, within } from '@testing-library/react';
import { EventTimeline } from '../../../../controls/EventTimeline/index.ts';
import { daysOf, seenEvents } from '../../../../controls/EventTimeline/model.ts';
import { hostControl, type ControlHost, type HostOptions } from '../../../support/component-framework.ts';
import { FakeDataSet, type FakeColumn } from '../../../support/fake-data-set.ts';

const columns: FakeColumn[] = [
  'fno_name',
  'fno_event',
  'fno_kind',
  'fno_accountid',
  'fno_reference',
  'fno_amount',
  'fno_detail',
  'fno_outcome',
  'fno_occurredon',
].map((name) => ({ name, displayName: name }));
const payment = {
  id: 'e2',
  fno_name: 'PAY-7 US-001',
  fno_event: 'Payment posted',
  fno_kind: '715000000',
  fno_accountid: 'Harbor Light',
  fno_reference: 'PAY-7',
  fno_amount: '99.90',
  fno_outcome: 'Request told',
  fno_occurredon: '2026-03-02T09:00:00Z',
};
const change = {
  id: 'e1',
  fno_name: 'US-001',
  fno_event: 'Customer changed',
  fno_kind: '715000001',
  fno_accountid: 'Harbor Light',
  fno_amount: '5,000.00',
  fno_detail: '<b>2000 → 5000</b>',
  fno_outcome: 'Our own change',
  fno_occurredon: '2026-03-01T10:00:00Z',
};
const rows = [
  payment,
  { ...payment, id: 'e3', fno_reference: 'PAY-6', fno_occurredon: '2026-03-02T08:00:00Z' },
  change,
];

let host: ControlHost | undefined;
afterEach(() => host?.destroy());

async function open(dataSet: FakeDataSet, given: Partial<HostOptions> = {}): Promise<ControlHost> {
  host = await hostControl(EventTimeline, {
    control: 'EventTimeline',
    dataSets: { events: () => dataSet.view() },
    ...given,
    values: { pageSize: null, ...given.values },
  });
  return host;
}

const items = () => screen.getAllByRole('listitem').map((item) => item.textContent);
const choose = (name: RegExp, option: string) => {
  fireEvent.click(screen.getByRole('combobox', { name }));
  fireEvent.click(screen.getByRole('option', { name: option }));
};

test('events stand under their days, the newest first, with all that is known of each', async () => {
  await open(new FakeDataSet(columns, rows));
  expect(screen.getAllByRole('region').map((day) => within(day).getAllByRole('listitem').length)).toEqual([2, 1]);
  expect(items()).toEqual([
    'Payment postedPAY-7Request told99.902026-03-02T09:00:00ZHarbor LightBusiness event',
    'Payment postedPAY-6Request told99.902026-03-02T08:00:00ZHarbor LightBusiness event',
    'Customer changedOur own change5,000.002026-03-01T10:00:00ZHarbor Light<b>2000 → 5000</b>Data event',
  ]);
  expect(document.querySelector('b')).toBeNull();
  expect(screen.getByRole('status').textContent).toBe('3 events');
});

test('an event opens its row', async () => {
  const dataSet = new FakeDataSet(columns, rows);
  await open(dataSet);
  fireEvent.click(screen.getByRole('button', { name: /Customer changed/ }));
  expect(dataSet.opened).toMatchObject([{ id: { guid: 'e1' } }]);
});

test('one kind, one event, both, and all again', async () => {
  const dataSet = new FakeDataSet(columns, rows);
  await open(dataSet);
  choose(/Kind/, 'Data event');
  expect(dataSet.filter!.conditions).toEqual([{ attributeName: 'fno_kind', conditionOperator: 0, value: '715000001' }]);
  await host!.update();
  choose(/Event/, 'Payment posted');
  expect(dataSet.filter!.conditions.map(({ attributeName }) => attributeName)).toEqual(['fno_kind', 'fno_event']);
  await host!.update();
  choose(/Kind/, 'All kinds');
  await host!.update();
  choose(/Event/, 'All events');
  expect(dataSet.filter).toBeUndefined();
  expect(dataSet.asked).toEqual(['refresh', 'refresh', 'refresh', 'refresh']);
});

test('more events come below those there are, while there are more; an unknown count is no obstacle', async () => {
  const dataSet = new FakeDataSet(columns, rows, { pageSize: 2, total: -1 });
  await open(dataSet);
  expect(screen.getByRole('status').textContent).toBe('2 events, and there are more');
  fireEvent.click(screen.getByRole('button', { name: 'Show more' }));
  expect(dataSet.asked).toEqual(['next page']);
  dataSet.pageSize = 3;
  await host!.update();
  expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
});

test('a known count is told', async () => {
  await open(new FakeDataSet(columns, rows, { pageSize: 2 }));
  expect(screen.getByRole('status').textContent).toBe('2 of 3 events');
});

test('says that it is loading, that there is nothing, and that nothing is left by the filter', async () => {
  const dataSet = new FakeDataSet(columns, []);
  dataSet.loading = true;
  await open(dataSet);
  expect(document.body.textContent).toContain('Loading…');
  dataSet.loading = false;
  await host!.update();
  expect(document.body.textContent).toContain('has told of nothing yet');
  choose(/Kind/, 'Data event');
  await host!.update();
  expect(document.body.textContent).toContain('There is no such event.');
});

test('a failed read keeps the events, says why and offers another try; a refused one says so', async () => {
  const dataSet = new FakeDataSet(columns, rows);
  await open(dataSet);
  dataSet.errorMessage = 'The service is too busy';
  await host!.update();
  expect(document.body.textContent).toContain('The events could not be read. The service is too busy');
  expect(items()).toHaveLength(3);
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(dataSet.asked).toEqual(['refresh']);
  dataSet.errorMessage = 'Principal user is missing prvReadfno_eventlog privilege';
  await host!.update();
  expect(document.body.textContent).toContain('You don’t have permission to see these events.');
});

test('columns the view lacks are not shown, nor asked for', async () => {
  await open(
    new FakeDataSet(
      columns.filter(({ name }) => name !== 'fno_kind'),
      rows.map(({ fno_kind: _kind, ...row }) => row as Record<string, string>),
    ),
  );
  expect(screen.queryByRole('combobox', { name: /Kind/ })).toBeNull();
  expect(items()[0]).not.toContain('Business event');
});

test('asks once for the number of events its maker has set', async () => {
  const dataSet = new FakeDataSet(columns, rows);
  await open(dataSet, { values: { pageSize: 2 } });
  await host!.update();
  expect(dataSet.asked).toEqual(['size 2', 'refresh']);
});

test('in German, right to left too', async () => {
  await open(new FakeDataSet(columns, rows), { languageId: 1031, isRightToLeft: true });
  expect(screen.getByRole('group', { name: 'Ereignisse in Finance and Operations' }).dir).toBe('rtl');
  expect(screen.getByRole('button', { name: 'Aktualisieren' })).toBeTruthy();
});

describe('the model', () => {
  const view = (given: readonly Record<string, string>[]) => new FakeDataSet(columns, given).view() as never;
  const day = (moment: Date) => moment.toISOString().slice(0, 10);

  test('rows that share an id, and rows without a moment, are shown', () => {
    const { fno_occurredon: _when, ...undated } = change;
    const days = daysOf(view([payment, payment, undated]), day);
    expect(days.map(({ day: name, events }) => [name, events.length])).toEqual([
      ['2026-03-02', 2],
      ['', 1],
    ]);
    expect(new Set(days.flatMap(({ events }) => events.map(({ key }) => key))).size).toBe(3);
  });

  test('what was seen once stays in the list of events', () => {
    expect([...seenEvents(view([payment]), new Map([['9', 'Invoice posted']])).values()]).toEqual([
      'Invoice posted',
      'Payment posted',
    ]);
  });
});
