/** @jest-environment jsdom */
import { fireEvent, screen, within } from '@testing-library/react';
import { VirtualTableGrid } from '../../../../controls/VirtualTableGrid/index.ts';
import { hostControl, type ControlHost, type HostOptions } from '../../../support/component-framework.ts';
import { FakeDataSet, type FakeColumn } from '../../../support/fake-data-set.ts';

const columns: FakeColumn[] = [
  { name: 'name', displayName: 'Name' },
  { name: 'amount', displayName: 'Amount', dataType: 'Decimal' },
  { name: 'mserp_dataareaid', displayName: 'Company' },
  { name: 'computed', displayName: 'Computed', disableSorting: true },
];
const rows = [
  { id: 'r1', name: 'First', amount: '1.00', mserp_dataareaid: 'USMF', computed: 'a' },
  { id: 'r2', name: '<img src=x onerror=alert(1)>', amount: '2.00', mserp_dataareaid: 'demf', computed: 'b' },
  { id: 'r3', name: 'Third', amount: '3.00', mserp_dataareaid: 'usmf', computed: 'c' },
];

let host: ControlHost | undefined;
afterEach(() => host?.destroy());

async function open(dataSet: FakeDataSet, given: Partial<HostOptions> = {}): Promise<ControlHost> {
  host = await hostControl(VirtualTableGrid, {
    control: 'VirtualTableGrid',
    dataSets: { rows: () => dataSet.view() },
    ...given,
    values: { companyColumn: null, pageSize: null, ...given.values },
  });
  return host;
}

const headers = () => screen.getAllByRole('columnheader').map((one) => one.textContent ?? '');
const click = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));
const header = (name: string) => screen.getByRole('columnheader', { name: new RegExp(name) });

test('shows the columns of the view and the rows of the page, whatever is in them', async () => {
  await open(new FakeDataSet(columns, rows));
  expect(headers().join(' ')).toMatch(/Name.*Amount.*Company.*Computed/);
  expect(screen.getByRole('grid', { name: 'Active rows' })).toBeTruthy();
  expect(screen.getByText('<img src=x onerror=alert(1)>')).toBeTruthy();
  expect(document.querySelector('img')).toBeNull();
  expect(screen.getByRole('status').textContent).toBe('1 - 3 of 3');
});

test('columns out of sight stay there', async () => {
  await open(
    new FakeDataSet(
      [
        ...columns,
        { name: 'x', displayName: 'Helper', order: -1 },
        { name: 'y', displayName: 'Hidden', isHidden: true },
      ],
      rows,
    ),
  );
  expect(headers().join(' ')).not.toMatch(/Helper|Hidden/);
});

test('an unknown count is no obstacle: pages are turned while there are more', async () => {
  const dataSet = new FakeDataSet(columns, rows, { pageSize: 2, total: -1 });
  await open(dataSet);
  expect(screen.getByRole('status').textContent).toBe('1 - 2');
  expect(screen.getByRole('button', { name: 'Previous page' })).toHaveProperty('disabled', true);
  click('Next page');
  await host!.update();
  expect(screen.getByRole('status').textContent).toBe('3 - 3');
  expect(screen.getByRole('button', { name: 'Next page' })).toHaveProperty('disabled', true);
  click('Previous page');
  expect(dataSet.asked).toEqual(['page 2', 'page 1']);
});

test('a header orders its column, up then down; one that cannot be ordered does nothing', async () => {
  const dataSet = new FakeDataSet(columns, rows);
  await open(dataSet);
  fireEvent.click(within(header('Amount')).getByText('Amount'));
  expect(dataSet.sorting).toEqual([{ name: 'amount', sortDirection: 0 }]);
  await host!.update();
  fireEvent.click(within(header('Amount')).getByText('Amount'));
  expect(dataSet.sorting).toEqual([{ name: 'amount', sortDirection: 1 }]);
  fireEvent.click(within(header('Computed')).getByText('Computed'));
  expect(dataSet.asked).toEqual(['refresh', 'refresh']);
});

test('one company or all; a new order keeps the company', async () => {
  const dataSet = new FakeDataSet(columns, rows);
  await open(dataSet);
  fireEvent.click(screen.getByRole('combobox', { name: /Company/ }));
  fireEvent.click(screen.getByRole('option', { name: 'demf' }));
  expect(dataSet.filter!.conditions).toEqual([
    { attributeName: 'mserp_dataareaid', conditionOperator: 0, value: 'demf' },
  ]);
  dataSet.filter = undefined;
  await host!.update();
  fireEvent.click(within(header('Name')).getByText('Name'));
  expect(dataSet.filter).toMatchObject({ conditions: [{ value: 'demf' }] });
  fireEvent.click(screen.getByRole('combobox', { name: /Company/ }));
  fireEvent.click(screen.getByRole('option', { name: 'All companies' }));
  expect(dataSet.filter).toBeUndefined();
});

test('a failed read keeps the rows, says why and offers another try', async () => {
  const dataSet = new FakeDataSet(columns, rows);
  await open(dataSet);
  dataSet.errorMessage = "Paging isn't supported for queries with temporary tables";
  await host!.update();
  expect(document.body.textContent).toContain(
    `The rows could not be read from finance and operations. ${dataSet.errorMessage}`,
  );
  expect(screen.getByText('First')).toBeTruthy();
  click('Try again');
  expect(dataSet.asked).toEqual(['refresh']);
});

test('a user whom finance and operations does not know is told so', async () => {
  const dataSet = new FakeDataSet(columns, []);
  dataSet.errorMessage = 'User is not authorized to connect';
  await open(dataSet);
  expect(document.body.textContent).toContain('You don’t have permission to see these rows');
});

test('says that it is loading, that there is nothing, and that the view has no columns', async () => {
  const dataSet = new FakeDataSet(columns, []);
  dataSet.loading = true;
  await open(dataSet);
  expect(document.body.textContent).toContain('Loading…');
  dataSet.loading = false;
  await host!.update();
  expect(document.body.textContent).toContain('There are no rows to show.');
  host!.destroy();
  await open(new FakeDataSet([], rows));
  expect(document.body.textContent).toContain('The view has no columns to show.');
});

test('rows that share an id are both shown, and either opens the row', async () => {
  const twins = [rows[0]!, { ...rows[0]!, name: 'Twin' }];
  const dataSet = new FakeDataSet(columns, twins);
  await open(dataSet);
  expect(screen.getAllByRole('row').length).toBe(3);
  fireEvent.click(screen.getAllByText('Twin')[1]!);
  expect(dataSet.opened).toEqual([{ id: { guid: 'r1' }, etn: 'row', name: expect.any(String) as string }]);
});

test('asks once for the number of rows its maker has set', async () => {
  const dataSet = new FakeDataSet(columns, rows);
  await open(dataSet, { values: { pageSize: 2 } });
  await host!.update();
  expect(dataSet.asked).toEqual(['size 2', 'refresh']);
});

test('rows are cards where there is no room, in German too', async () => {
  const dataSet = new FakeDataSet(columns, rows);
  await open(dataSet, { width: 320, languageId: 1031 });
  const cards = within(screen.getByRole('list', { name: 'Active rows' })).getAllByRole('listitem');
  expect(cards).toHaveLength(3);
  expect(cards[0]!.textContent).toBe('FirstAmount1.00CompanyUSMFComputeda');
  expect(screen.getByRole('button', { name: 'Aktualisieren' })).toBeTruthy();
  fireEvent.click(within(cards[1]!).getByText('<img src=x onerror=alert(1)>'));
  expect(dataSet.opened).toHaveLength(1);
});

test('marked rows are told to the host', async () => {
  const dataSet = new FakeDataSet(columns, rows);
  await open(dataSet);
  fireEvent.click(screen.getAllByRole('checkbox')[1]!);
  expect(dataSet.selected).toEqual(['r1']);
});
