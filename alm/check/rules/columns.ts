import {
  attribute,
  child,
  children,
  childText,
  descend,
  elements,
  text,
  type XmlElement,
} from '../../../packaging/index.ts';
import { logicalNameOf, repeated, type Checked, type Table } from '../checked.ts';
import type { Complaint, Rule } from '../rule.ts';

interface Column {
  readonly table: Table;
  readonly name: string;
  readonly at: string;
  readonly type: string;
  readonly node: XmlElement;
}

function columnsOf({ tables }: Checked): Column[] {
  return tables.flatMap((table) =>
    [...table.columns].map(([name, node]) => ({
      table,
      name,
      at: `column ${table.logicalName}.${name}`,
      type: childText(node, 'Type'),
      node,
    })),
  );
}

/** Elements of a column in the order the platform writes and the schema asks for. */
const order = (
  'Type Name LogicalName RequiredLevel DisplayMask ImeMode ValidForUpdateApi ValidForReadApi ValidForCreateApi ' +
  'IsCustomField IsAuditEnabled IsLogical IsSecured IntroducedVersion IsCustomizable IsRenameable ' +
  'CanModifySearchSettings CanModifyRequirementLevelSettings CanModifyAdditionalSettings SourceType ' +
  'IsGlobalFilterEnabled IsSortableEnabled CanModifyGlobalFilterSettings CanModifyIsSortableSettings ExternalName ' +
  'IsDataSourceSecret AutoNumberFormat IsSearchable IsFilterable IsRetrievable IsLocalizable'
).split(' ');

const texts: Readonly<Record<string, number>> = { nvarchar: 4000, ntext: 1_048_576 };
const numbers = ['int', 'decimal', 'float', 'money'];
const choices = ['picklist', 'multiselectpicklist'];
const values = (node: XmlElement) =>
  children(descend(node, 'optionset', 'options'), 'option').map((one) => attribute(one, 'value') ?? '');

export const columnRules: readonly Rule[] = [
  {
    id: 'column-label',
    severity: 'error',
    code: '',
    fails: '"Attribute Display Name … not specified": the import of the table stops.',
    mend: 'Give the column displaynames.',
    *check(solution) {
      for (const { at, node } of columnsOf(solution)) {
        const names = child(node, 'displaynames');
        if (childText(node, 'IsCustomField') === '1' && (names === undefined || elements(names).length === 0))
          yield { at, message: 'It has no display name.', node };
      }
    },
  },
  {
    id: 'text-length',
    severity: 'error',
    code: '0x80040203',
    fails:
      '"New string attributes must have a max length value": the import stops at a text without a length of 1 to 4000.',
    mend: 'Set MaxLength, and Length to twice that; texts of several lines (ntext) may have up to 1,048,576 and no Length.',
    *check(solution) {
      for (const { at, type, node } of columnsOf(solution)) {
        const most = texts[type];
        if (most === undefined) continue;
        const [length, bytes] = [Number(childText(node, 'MaxLength')), childText(node, 'Length')];
        if (!(length >= 1 && length <= most))
          yield { at, message: `Its MaxLength is '${childText(node, 'MaxLength')}'.`, node };
        else if (type === 'nvarchar' && bytes !== '' && Number(bytes) !== 2 * length)
          yield { at, message: `Its Length is ${bytes}, its MaxLength ${length}.`, node };
      }
    },
  },
  {
    id: 'number-range',
    severity: 'error',
    code: '',
    fails: 'The import refuses a number whose smallest value is above its largest.',
    mend: 'Correct MinValue and MaxValue.',
    *check(solution) {
      for (const { at, type, node } of columnsOf(solution)) {
        const [min, max] = [childText(node, 'MinValue'), childText(node, 'MaxValue')];
        if (numbers.includes(type) && min !== '' && max !== '' && !(Number(min) <= Number(max)))
          yield { at, message: `Its values go from ${min} to ${max}.`, node };
      }
    },
  },
  {
    id: 'choice-options',
    severity: 'error',
    code: '0x80048030',
    fails: 'The import of the choice stops: it has no options, or two of one value.',
    mend: 'Give the choice options, each with a value of its own.',
    *check(solution) {
      const own = columnsOf(solution).filter(
        ({ type, node }) => choices.includes(type) && child(node, 'optionset') !== undefined,
      );
      const shared = solution
        .list('optionsets', 'optionset')
        .filter((node) => childText(node, 'OptionSetType') === 'picklist');
      const all = [
        ...own.map(({ at, node }) => ({ at, node, found: values(node) })),
        ...shared.map((node) => ({
          at: `choice ${attribute(node, 'Name')}`,
          node,
          found: children(child(node, 'options'), 'option').map((one) => attribute(one, 'value') ?? ''),
        })),
      ];
      for (const { at, node, found } of all) {
        if (found.length === 0) yield { at, message: 'It has no options.', node };
        for (const value of repeated(found)) yield { at, message: `Two options have the value ${value}.`, node };
      }
    },
  },
  {
    id: 'choice-default',
    severity: 'error',
    code: '0x80048030',
    fails: 'The import refuses a default value that is no option.',
    mend: 'Set AppDefaultValue to one of the options, or to -1.',
    *check(solution) {
      for (const { at, type, node } of columnsOf(solution).filter((one) => one.type === 'picklist')) {
        const value = childText(node, 'AppDefaultValue');
        const name = childText(node, 'OptionSetName');
        const shared = solution.list('optionsets', 'optionset').find((one) => attribute(one, 'Name') === name);
        if (name !== '' && shared === undefined) continue;
        const holder = shared === undefined ? child(node, 'optionset') : shared;
        const found = children(child(holder, 'options'), 'option').map((one) => attribute(one, 'value'));
        if (value !== '' && value !== '-1' && !found.includes(value))
          yield { at, message: `Its default ${value} is no option of the ${type}.`, node };
      }
    },
  },
  {
    id: 'choice-missing',
    severity: 'error',
    code: '0x80048039',
    fails: 'The import refuses a column whose global choice is neither in the package nor in the target.',
    mend: 'Add the choice to the solution, or correct OptionSetName.',
    *check(solution) {
      const known = new Set(solution.list('optionsets', 'optionset').map((node) => attribute(node, 'Name')));
      for (const { at, node } of columnsOf(solution)) {
        const name = childText(node, 'OptionSetName');
        if (name !== '' && !known.has(name) && solution.lacks(name))
          yield { at, message: `There is no choice '${name}'.`, node };
      }
    },
  },
  {
    id: 'choice-name-twice',
    severity: 'error',
    code: '0x80048030',
    fails: 'The import refuses two choices of one name.',
    mend: 'Name the choice of a column <table>_<column>.',
    *check(solution) {
      const named = columnsOf(solution).flatMap(({ at, node }) => {
        const name = attribute(child(node, 'optionset'), 'Name');
        return name === undefined ? [] : [{ name: name.toLowerCase(), at, node }];
      });
      const shared = solution
        .list('optionsets', 'optionset')
        .map((one) => (attribute(one, 'Name') ?? '').toLowerCase());
      for (const name of repeated([...named.map((one) => one.name), ...shared])) {
        const last = named.findLast((one) => one.name === name);
        yield { at: last?.at ?? `choice ${name}`, message: `The choice '${name}' is there twice.`, node: last?.node };
      }
    },
  },
  {
    id: 'money-columns',
    severity: 'error',
    code: '',
    fails:
      'A column of money without its base column, or a table of money without currency and rate, is not imported whole.',
    mend: 'Add <column>_base, and to a new table transactioncurrencyid, exchangerate and TransactionCurrency_<table>.',
    check: (solution) =>
      columnsOf(solution)
        .filter(({ type }) => type === 'money')
        .flatMap((column) => [...moneyProblems(column, solution)]),
  },
  {
    id: 'column-order',
    severity: 'warning',
    code: '0x8004801A',
    fails:
      'The schema of customizations.xml asks for the elements of a column in one order; the import may refuse another.',
    mend: `Put them in the order ${order.slice(0, 6).join(', ')}, … as an export has them.`,
    *check(solution) {
      for (const { at, node } of columnsOf(solution)) {
        const places = elements(node)
          .map(({ name }) => ({ name, place: order.indexOf(name) }))
          .filter(({ place }) => place >= 0);
        const wrong = places.find(({ place }, index) => index > 0 && place < places[index - 1]!.place);
        if (wrong !== undefined) yield { at, message: `<${wrong.name}> comes too late.`, node };
      }
    },
  },
  {
    id: 'status-options',
    severity: 'warning',
    code: '',
    fails: 'A row cannot take a state that has no status reason, or whose default is no reason of that state.',
    mend: 'Give each state reasons, and a defaultstatus that is one of them.',
    *check({ tables }) {
      for (const { logicalName, columns } of tables) {
        const [state, status] = [columns.get('statecode'), columns.get('statuscode')];
        const states = children(descend(state, 'optionset', 'states'), 'state');
        const reasons = children(descend(status, 'optionset', 'statuses'), 'status');
        if (status === undefined || reasons.length === 0) continue;
        for (const node of states) {
          const [value, first] = [attribute(node, 'value'), attribute(node, 'defaultstatus')];
          const isOfState = (reason: XmlElement) => attribute(reason, 'state') === value;
          const at = `column ${logicalName}.statecode`;
          if (!reasons.some(isOfState)) yield { at, message: `The state ${value} has no status reason.`, node };
          else if (first !== undefined && !reasons.some((one) => isOfState(one) && attribute(one, 'value') === first))
            yield { at, message: `The default reason ${first} of the state ${value} is none of its reasons.`, node };
        }
      }
    },
  },
];

function* moneyProblems({ table, name, at, node }: Column, { relationships }: Checked): Generator<Complaint> {
  if (childText(node, 'CalculationOf') !== '' || name.endsWith('_base')) {
    const of = childText(node, 'CalculationOf').toLowerCase();
    if (!table.columns.has(of) && table.isNew)
      yield { at, message: `It is the base of '${of}', which is not there.`, node };
    return;
  }
  if (!table.columns.has(`${name}_base`)) yield { at, message: `There is no ${name}_base.`, node };
  if (!table.isNew) return;
  for (const needed of ['transactioncurrencyid', 'exchangerate'])
    if (!table.columns.has(needed)) yield { at, message: `The table has no ${needed}.`, node };
  const leads = relationships.some(
    (one) =>
      childText(one, 'ReferencingEntityName').toLowerCase() === table.logicalName &&
      childText(one, 'ReferencedEntityName').toLowerCase() === 'transactioncurrency',
  );
  if (!leads) yield { at, message: 'No relationship leads to TransactionCurrency.', node };
}

const allowedInKeys = ['nvarchar', 'int', 'bigint', 'decimal', 'datetime', 'lookup', 'picklist'];

export const keyRules: readonly Rule[] = [
  {
    id: 'key-columns',
    severity: 'error',
    code: '0x8006089F',
    fails:
      'The import refuses a key of columns that are missing, secured, of another type than text, number, date, lookup or choice, or more than 16.',
    mend: 'Make the key of other columns.',
    *check(solution) {
      for (const table of solution.tables)
        for (const node of children(child(table.info, 'EntityKeys'), 'EntityKey'))
          for (const message of keyProblems(node, table, solution))
            yield { at: `key ${childText(node, 'LogicalName')} of ${table.logicalName}`, message, node };
    },
  },
  {
    id: 'key-twice',
    severity: 'error',
    code: '0x80060893',
    fails: 'The import refuses two keys of one name.',
    mend: 'Name one of them anew.',
    *check({ tables }) {
      for (const { logicalName, info, node } of tables) {
        const keys = children(child(info, 'EntityKeys'), 'EntityKey');
        for (const name of repeated(keys.map((key) => childText(key, 'LogicalName'))))
          yield { at: `table ${logicalName}`, message: `It has two keys '${name}'.`, node };
      }
    },
  },
];

function* keyProblems(key: XmlElement, table: Table, solution: Checked): Generator<string> {
  const names = children(child(key, 'EntityKeyAttributes'), 'AttributeName').map((node) => text(node).toLowerCase());
  if (names.length === 0 || names.length > 16) yield `It has ${names.length} columns.`;
  for (const name of names) {
    const column = table.columns.get(name);
    if (column === undefined) {
      if (solution.lacksColumn(table, name)) yield `${table.logicalName} has no column '${name}'.`;
      continue;
    }
    if (!allowedInKeys.includes(childText(column, 'Type')))
      yield `'${logicalNameOf(column)}' is of the type ${childText(column, 'Type')}.`;
    if (childText(column, 'IsSecured') === '1') yield `'${name}' is secured.`;
  }
}
