/** @jest-environment jsdom */
import { fireEvent, screen } from '@testing-library/react';
import { RelatedVirtualGrid } from '../../../../controls/RelatedVirtualGrid/index.ts';
import { hostControl, type ControlHost, type HostOptions } from '../../../support/component-framework.ts';

const table = 'mserp_invoiceentity';
const values = {
  anchor: "US'1",
  company: [{ id: '{CCCCCCCC-0000-0000-0000-000000000001}', entityType: 'cdm_company', name: 'USMF' }],
  table,
  keyColumn: 'mserp_account',
  companyColumn: null,
  columns: 'mserp_number; mserp_amount;mserp_paid',
  order: 'mserp_date desc',
  title: 'Invoices',
  pageSize: 2,
};
const rows = [
  {
    [`${table}id`]: 'i1',
    mserp_number: 'INV-1',
    mserp_amount: 10,
    'mserp_amount@OData.Community.Display.V1.FormattedValue': '10.00',
    mserp_paid: true,
  },
  { [`${table}id`]: 'i2', mserp_number: '<b>2</b>', mserp_amount: 20, mserp_paid: null },
];
const metadata = async (_table: string, columns: string[]) => ({
  Attributes: columns.map((name) => ({
    LogicalName: name,
    DisplayName: name.slice(6),
    AttributeType: name === 'mserp_amount' ? 'Decimal' : 'String',
  })),
});

let host: ControlHost | undefined;
let answer: () => Record<string, unknown>[];
let companies: () => Record<string, unknown>[];
beforeEach(() => {
  answer = () => rows;
  companies = () => [{ cdm_companycode: 'USMF' }];
});
afterEach(() => host?.destroy());

async function open(given: Partial<HostOptions> = {}): Promise<ControlHost> {
  host = await hostControl(RelatedVirtualGrid, {
    control: 'RelatedVirtualGrid',
    metadata,
    webApi: { cdm_company: () => companies(), [table]: () => answer() },
    ...given,
    values: { ...values, ...given.values },
  });
  return host;
}
/** The quote doubled, as OData has it. */
const anchorInQuery = "'US''1'";
const shown = () => document.body.textContent ?? '';
const cells = () => screen.getAllByRole('row').map((row) => [...row.children].map((one) => one.textContent));

test('asks once, narrowly, for the rows of the number in its company, and shows them as they are', async () => {
  await open();
  expect(host!.requests).toEqual([
    'cdm_company(cccccccc-0000-0000-0000-000000000001)?$select=cdm_companycode',
    `${table}?$select=mserp_number,mserp_amount,mserp_paid&$filter=mserp_account eq ${anchorInQuery} and mserp_dataareaid eq 'usmf'&$orderby=mserp_date desc`,
  ]);
  expect(cells()).toEqual([
    ['number', 'amount', 'paid'],
    ['INV-1', '10.00', 'Yes'],
    ['<b>2</b>', '20', ''],
  ]);
  expect(document.querySelector('b')).toBeNull();
  expect(screen.getByRole('status').textContent).toBe('2 rows');
});

test('an update that changes nothing asks nothing', async () => {
  await open();
  const before = host!.requests.length;
  await host!.update({}, ['layout']);
  await host!.update({}, []);
  expect(host!.requests).toHaveLength(before);
});

test('another number forgets the rows of the one before', async () => {
  await open();
  answer = () => [];
  await host!.update({ anchor: 'US-002' });
  expect(shown()).toContain('Finance and operations has no rows for US-002 in company usmf.');
  expect(screen.queryByText('INV-1')).toBeNull();
});

test('without a number or a company there is nothing to ask', async () => {
  await open({ values: { anchor: ' ' } });
  expect(shown()).toContain('the number is empty');
  await host!.update({ anchor: 'US-001', company: [] });
  expect(shown()).toContain('the company is empty');
  expect(host!.requests).toEqual([]);
});

test.each([
  ['columns', 'mserp_a;1=1'],
  ['columns', ' ; '],
  ['table', "x'y"],
  ['keyColumn', null],
  ['order', 'mserp_date sideways'],
])('a maker who writes no name in %s is told so, and nothing is asked', async (property, value) => {
  await open({ values: { [property]: value } });
  expect(shown()).toContain('This control is set up with something that is no name');
  expect(host!.requests).toEqual([]);
});

test('a refusal is told in its words with another try; the rows of the last read stay', async () => {
  await open();
  answer = () => {
    throw new Error('The service is too busy');
  };
  fireEvent.click(screen.getByRole('button', { name: 'Refresh' }));
  await host!.settled();
  expect(shown()).toContain('The rows could not be read from finance and operations. The service is too busy');
  expect(screen.getByText('INV-1')).toBeTruthy();
  answer = () => rows;
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await host!.settled();
  expect(shown()).not.toContain('too busy');
});

test('a user whom finance and operations does not know is told so', async () => {
  companies = () => {
    throw Object.assign(new Error('no'), { errorCode: 0x80040220 });
  };
  await open({ languageId: 1031 });
  expect(shown()).toContain('Sie dürfen diese Zeilen in Finance and Operations nicht sehen.');
});

test('without metadata columns go by their names', async () => {
  await open({ metadata: () => Promise.reject(new Error('none')) });
  expect(cells()[0]).toEqual(['mserp_number', 'mserp_amount', 'mserp_paid']);
});
