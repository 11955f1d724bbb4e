import {
  attribute,
  broken,
  child,
  children,
  childText,
  columnsOf,
  descend,
  descendants,
  install,
  optionValues,
  type Installed,
} from './installed-tables.ts';

let installed: Installed;
beforeAll(async () => {
  installed = await install();
});

test('columns have a label, a requirement level and what their type needs', () => {
  const bad = broken(
    columnsOf(installed),
    ({ column: { node, type } }) => {
      if (children(child(node, 'displaynames'), 'displayname').length === 0) return false;
      if (!['none', 'recommended', 'required', 'systemrequired'].includes(childText(node, 'RequiredLevel')))
        return false;
      if (type === 'nvarchar') return Number(childText(node, 'MaxLength')) * 2 === Number(childText(node, 'Length'));
      if (['int', 'decimal', 'float', 'money'].includes(type)) {
        return Number(childText(node, 'MinValue')) <= Number(childText(node, 'MaxValue'));
      }
      return type !== 'ntext' || Number(childText(node, 'MaxLength')) > 0;
    },
    ({ table, column }) => `${table.schemaName}.${column.name}`,
  );
  expect(bad).toEqual([]);
});

test('columns of choices have options, and their default is one of them', () => {
  const bad = broken(
    columnsOf(installed).filter(({ column }) => ['picklist', 'bit', 'state', 'status'].includes(column.type)),
    ({ column }) => {
      const values = optionValues(installed, column);
      const preset = childText(column.node, 'AppDefaultValue');
      return (
        values.length > 0 &&
        new Set(values).size === values.length &&
        (['', '-1'].includes(preset) || values.includes(preset))
      );
    },
    ({ table, column }) => `${table.schemaName}.${column.name}`,
  );
  expect(bad).toEqual([]);
});

test('columns of status reasons belong to an existing state, and each state has its default reason', () => {
  const bad = broken(
    [...installed.tables.values()].filter((table) => table.columns.has('statecode')),
    (table) => {
      const states = [...descendants(table.columns.get('statecode')!.node, 'state')];
      const reasons = [...descendants(table.columns.get('statuscode')!.node, 'status')];
      const values = states.map((state) => attribute(state, 'value'));
      return (
        reasons.every((reason) => values.includes(attribute(reason, 'state'))) &&
        states.every((state) =>
          reasons.some(
            (reason) =>
              attribute(reason, 'value') === attribute(state, 'defaultstatus') &&
              attribute(reason, 'state') === attribute(state, 'value'),
          ),
        )
      );
    },
    (table) => table.schemaName,
  );
  expect(bad).toEqual([]);
});

test('columns of money come with their base column, the currency and the exchange rate', () => {
  const money = columnsOf(installed).filter(
    ({ column }) => column.type === 'money' && childText(column.node, 'CalculationOf') === '',
  );
  expect(money.length).toBeGreaterThan(5);
  const bad = broken(
    money,
    ({ table, column }) =>
      childText(table.columns.get(`${column.name}_base`)!.node, 'CalculationOf') === column.schemaName &&
      table.columns.has('transactioncurrencyid') &&
      table.columns.has('exchangerate'),
    ({ table, column }) => `${table.schemaName}.${column.name}`,
  );
  expect(bad).toEqual([]);
});

test('columns of virtual tables name their field and hold none of the system columns', () => {
  const virtual = [...installed.tables.values()].filter(
    (table) => descend(table.node, 'EntityInfo', 'entity', 'DataProviderId') !== undefined,
  );
  expect(virtual.map((table) => table.logicalName).sort()).toEqual([
    'mserp_credmancreditlimitadvancedentity',
    'mserp_credmancreditlimitcustgroupentity',
    'mserp_credmancreditlimitcustgrouplineentity',
    'mserp_credmancustbalancestatentity',
    'mserp_credmanparametersentity',
    'mserp_custagingentity',
    'mserp_custcustomerv3entity',
    'mserp_customerchangeproposalfieldenablemententity',
    'mserp_customerparametersentity',
    'mserp_customerpaymentjournalheaderentity',
    'mserp_customerpaymentjournallineentity',
    'mserp_customerpostaladdressentity',
    'mserp_custtransbientity',
    'mserp_custtransopenentity',
    'mserp_dirpartylocationpostaladdressv2entity',
    'mserp_financeandoperationsentity',
    'mserp_omlegalentity',
    'mserp_salesinvoiceheaderv2entity',
    'mserp_salesorderheaderv2entity',
  ]);
  const derived = /^mserp_(primaryfield|dataareaid_id|fk_\w+_id|\w+entityid)$/;
  for (const table of virtual) {
    expect(
      table.columns.has('statecode') || table.columns.has('createdon') || table.columns.has('organizationid'),
    ).toBe(false);
    expect(
      [...table.columns.values()].filter(
        ({ name, node }) => !derived.test(name) && `mserp_${childText(node, 'ExternalName').toLowerCase()}` !== name,
      ),
    ).toEqual([]);
  }
});
