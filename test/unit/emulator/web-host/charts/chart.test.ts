/** @jest-environment jsdom */
import { chartData } from '../../../../../emulator/web-host/client/charts/chart-data';
import { chartQuery, type ChartScope } from '../../../../../emulator/web-host/client/charts/chart-query';
import { readChart } from '../../../../../emulator/web-host/client/charts/chart-xml';
import { stackValues } from '../../../../../emulator/web-host/client/charts/drawing/stack';
import { viewQuery } from '../../../../../emulator/web-host/client/list/view-query';
import { formattedKey } from '../../../../../emulator/web-host/client/web-api/web-api';

const data = (attributes: string, category = 'group', measures = ['trees']) =>
  `<datadefinition><fetchcollection><fetch mapping="logical" aggregate="true"><entity name="tree">${attributes}</entity></fetch></fetchcollection><categorycollection><category alias="${category}">${measures.map((one) => `<measurecollection><measure alias="${one}"/></measurecollection>`).join('')}</category></categorycollection></datadefinition>`;
const presentation = (...types: string[]) =>
  `<Chart><Series>${types.map((type) => `<Series ChartType="${type}"/>`).join('')}</Series></Chart>`;

const count = '<attribute name="treeid" alias="trees" aggregate="count"/>';
const byKind = '<attribute name="kind" alias="group" groupby="true"/>';
const byMonth = '<attribute name="planted" alias="group" groupby="true" dategrouping="month"/>';

const view =
  '<fetch><entity name="tree"><attribute name="name"/><order attribute="name"/><filter><condition attribute="statecode" operator="eq" value="0"/></filter><link-entity name="account" from="accountid" to="owner" alias="a"><attribute name="city"/><order attribute="city"/><filter><condition attribute="city" operator="not-null"/></filter></link-entity></entity></fetch>';
const scope: ChartScope = { viewFetchXml: view, keyword: '', keywordColumns: ['name'], related: undefined };
const parse = (xml: string) => new DOMParser().parseFromString(xml, 'application/xml');
const readOf = (attributes: string, ...types: string[]) => readChart(data(attributes), presentation(...types));

describe('what a chart is', () => {
  test('series take their kinds in order; what stands on each other says how', () => {
    const chart = readChart(data(count + byKind, 'group', ['trees', 'height']), presentation('StackedColumn', 'Line'));
    expect(chart).toMatchObject({
      category: 'group',
      series: [
        { kind: 'column', stacking: 'stacked', measure: 'trees' },
        { kind: 'line', stacking: 'none', measure: 'height' },
      ],
    });
  });

  test('a kind that is not emulated is refused by its name', () => {
    expect(() => readOf(count + byKind, 'Bubble')).toThrow("Charts of type 'Bubble' are not emulated.");
  });

  test.each([
    ['no XML', '<oops', presentation('Column'), 'its XML is not well-formed.'],
    ['no query', '<datadefinition/>', presentation('Column'), 'it has no query or no category.'],
    ['no series', data(count + byKind), '<Chart><Series/></Chart>', 'it has no series.'],
    ['no aggregate', data(byKind).replace(' aggregate="true"', ''), presentation('Bar'), 'its query is no aggregate.'],
  ])('%s: told in words', (_name, description, drawn, message) => {
    expect(() => readChart(description, drawn)).toThrow(message);
  });
});

describe('what is asked for', () => {
  test('the rows of the view: its filters and links, without its columns and orders', () => {
    const query = parse(chartQuery(readOf(count + byKind, 'Column').fetchXml, scope));
    expect(query.querySelectorAll('entity > filter > condition[attribute=statecode]')).toHaveLength(1);
    expect(query.querySelectorAll('link-entity > filter')).toHaveLength(1);
    expect(query.querySelectorAll('order, link-entity > attribute, attribute[name=name]')).toHaveLength(0);
  });

  test('the keyword narrows the chart as it narrows the list, and stays text', () => {
    const query = parse(chartQuery(readOf(count + byKind, 'Column').fetchXml, { ...scope, keyword: '50%"<b>' }));
    expect(query.querySelector('filter[type=or] > condition')!.getAttribute('value')).toBe('%50[%]"<b>%');
  });

  test('months are grouped by their year too', () => {
    const query = parse(chartQuery(readOf(count + byMonth, 'Column').fetchXml, scope));
    const groups = [...query.querySelectorAll('attribute[groupby]')].map((one) => [
      one.getAttribute('alias'),
      one.getAttribute('dategrouping'),
    ]);
    expect(groups).toEqual([
      ['group', 'month'],
      ['group_year', 'year'],
    ]);
  });
});

describe('what is shown', () => {
  const kinds = [
    { group: 1, [formattedKey('group')]: 'Apple', trees: 3, [formattedKey('trees')]: '3' },
    { group: null, trees: 1 },
  ];

  test('one category a group, (blank) where there is no value', () => {
    const shown = chartData(readOf(count + byKind, 'Column'), kinds, () => 'Count');
    expect(shown.categories).toEqual(['Apple', '(blank)']);
    expect(shown.series).toMatchObject([{ label: 'Count', values: [{ value: 3, text: '3' }, { value: 1 }] }]);
  });

  test('months of different years are different categories, in their order', () => {
    const rows = [
      { group: 1, group_year: 2026, trees: 5 },
      { group: 3, group_year: 2024, trees: 2 },
      { group: 3, group_year: 2025, trees: 1 },
    ];
    const shown = chartData(readOf(count + byMonth, 'Line'), rows, String);
    expect(shown.categories).toEqual(['Mar 2024', 'Mar 2025', 'Jan 2026']);
  });

  test('a second group makes each of its values a series; where it has none, there is none', () => {
    const chart = readOf(count + byKind + '<attribute name="town" alias="town" groupby="true"/>', 'StackedBar');
    const rows = [
      { group: 'Apple', town: 'Ulm', trees: 1 },
      { group: 'Apple', town: 'Bern', trees: 2 },
      { group: 'Pear', town: 'Bern', trees: 4 },
    ];
    const shown = chartData(chart, rows, String);
    expect(shown.series.map(({ label, values }) => [label, ...values.map((one) => one?.value)])).toEqual([
      ['Ulm', 1, undefined],
      ['Bern', 2, 4],
    ]);
    expect(stackValues(shown, 'stacked')).toEqual([
      [{ from: 0, to: 1 }, undefined],
      [
        { from: 1, to: 3 },
        { from: 0, to: 4 },
      ],
    ]);
    expect(stackValues(shown, 'percent')[1]![1]).toEqual({ from: 0, to: 100 });
  });
});

describe('a value narrows the list to its rows', () => {
  const conditionsFor = (attributes: string, row: Record<string, unknown>) => {
    const [value] = chartData(readOf(attributes, 'Column'), [row], String).series[0]!.values;
    const options = { page: 1, pageSize: 9, orders: [], keyword: '', keywordColumns: [], related: undefined };
    const query = parse(viewQuery('<fetch><entity name="tree"/></fetch>', { ...options, segment: value!.segment }));
    return [...query.querySelectorAll('entity > filter > condition')].map((one) =>
      Object.fromEntries([...one.attributes].map(({ name, value: text }) => [name, text])),
    );
  };

  test.each([
    ['a choice', byKind, { group: 1, trees: 1 }, [{ attribute: 'kind', operator: 'eq', value: '1' }]],
    ['nothing', byKind, { group: null, trees: 1 }, [{ attribute: 'kind', operator: 'null' }]],
    ['a yes/no', byKind, { group: false, trees: 1 }, [{ attribute: 'kind', operator: 'eq', value: '0' }]],
    [
      'a month',
      byMonth,
      { group: 2, group_year: 2024, trees: 1 },
      [
        { attribute: 'planted', operator: 'on-or-after', value: '2024-02-01' },
        { attribute: 'planted', operator: 'on-or-before', value: '2024-02-29' },
      ],
    ],
    [
      'a quarter',
      byMonth.replace('month', 'quarter'),
      { group: 4, group_year: 2025, trees: 1 },
      [
        { attribute: 'planted', operator: 'on-or-after', value: '2025-10-01' },
        { attribute: 'planted', operator: 'on-or-before', value: '2025-12-31' },
      ],
    ],
  ])('%s', (_name, attributes, row, conditions) => {
    expect(conditionsFor(count + attributes, row)).toEqual(conditions);
  });

  test('a column of another table is reached by a link of its own', () => {
    const linked = `${count}<link-entity name="account" from="accountid" to="owner" alias="a"><attribute name="city" alias="group" groupby="true"/></link-entity>`;
    expect(conditionsFor(linked, { group: 'Ulm', trees: 1 })).toEqual([
      { attribute: 'city', operator: 'eq', entityname: 'segment_0_0', value: 'Ulm' },
    ]);
  });

  test('a week has no operator, so that its value narrows nothing', () => {
    const chart = readOf(count + byMonth.replace('month', 'week'), 'Column');
    const shown = chartData(chart, [{ group: 7, group_year: 2025, trees: 1 }], String);
    expect(shown.categories).toEqual(['Week 7 2025']);
    expect(shown.series[0]!.values[0]!.segment).toBeUndefined();
  });
});
