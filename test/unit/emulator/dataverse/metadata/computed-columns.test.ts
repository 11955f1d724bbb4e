import { aDataverse, type TestDataverse } from '../../../../support/a-dataverse.ts';
import { aColumn, aLookup, aRelationship, aTable } from '../../../../support/solution-builder.ts';

const computed = (name: string, source: number) =>
  aColumn(name, { type: 'int', more: '<MinValue>0</MinValue><MaxValue>10</MaxValue>' })
    .replace('<ValidForUpdateApi>1', '<ValidForUpdateApi>0')
    .replace('<ValidForCreateApi>1', '<ValidForCreateApi>0')
    .replace('</attribute>', `<SourceType>${source}</SourceType></attribute>`);

let platform: TestDataverse;
let pear: string;
beforeAll(async () => {
  const columns = computed('ora_Sum', 1) + computed('ora_Total', 2) + computed('ora_Formula', 3) + aLookup('ora_Next');
  const next = aRelationship('ora_pear_next', { from: 'ora_Pear', column: 'ora_Next', to: 'ora_Pear' });
  platform = await aDataverse([aTable('ora_Pear', { columns }), next]);
  pear = await platform.create('ora_pears', { ora_name: 'Conference' });
}, 60_000);
afterAll(() => platform.close());

const fetch = (inside: string) =>
  `ora_pears?fetchXml=${encodeURIComponent(`<fetch><entity name="ora_pear">${inside}</entity></fetch>`)}`;

test('computed columns are left out where all columns are read', async () => {
  const names = ['ora_sum', 'ora_total', 'ora_formula'];
  for (const path of [`ora_pears(${pear})`, 'ora_pears', fetch('<all-attributes/>')]) {
    const { body, status } = await platform.call('GET', path);
    const row = body.value?.[0] ?? body;
    expect([status, row.ora_name, names.filter((name) => name in row)]).toEqual([200, 'Conference', []]);
  }
});

test.each([
  ['in $select', 'ora_pears?$select=ora_sum', 'The calculated column'],
  ['of one row', `ora_pears({pear})?$select=ora_total`, 'The roll-up column'],
  ['as a property', `ora_pears({pear})/ora_formula`, 'The formula column'],
  ['as a value', `ora_pears({pear})/ora_formula/$value`, 'The formula column'],
  ['in $filter', 'ora_pears?$filter=ora_sum gt 1', 'The calculated column'],
  ['in $orderby', 'ora_pears?$orderby=ora_sum', 'The calculated column'],
  ['in $expand', 'ora_pears?$expand=ora_Next($select=ora_sum)', 'The calculated column'],
  ['in a lambda', 'ora_pears?$filter=ora_pear_next/any(n:n/ora_sum gt 1)', 'The calculated column'],
  ['in $apply', 'ora_pears?$apply=aggregate(ora_sum with sum as s)', 'The calculated column'],
  ['as an attribute', fetch('<attribute name="ora_sum"/>'), 'The calculated column'],
  [
    'in a condition',
    fetch('<filter><condition attribute="ora_total" operator="gt" value="1"/></filter>'),
    'The roll-up column',
  ],
  ['in an order', fetch('<order attribute="ora_total"/>'), 'The roll-up column'],
])('a computed column that is asked for by name is refused by name: %s', async (_where, path, name) => {
  const answer = await platform.call('GET', path.replace('{pear}', pear));
  expect(answer.refusal).toBe('501 NotEmulated');
  expect(answer.text).toContain(name);
});

test('the definition says where a column has its value from', async () => {
  const column = "EntityDefinitions(LogicalName='ora_pear')/Attributes(LogicalName='ora_total')?$select=SourceType";
  expect((await platform.call('GET', column)).body.SourceType).toBe(2);
});
