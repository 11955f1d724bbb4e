import { attribute, child, childText, elements, type XmlElement } from '../../../packaging/index.ts';
import type { Checked, Table } from '../checked.ts';
import type { Complaint, Rule } from '../rule.ts';

const flag = (table: Table, name: string) => childText(table.info, name) === '1';
const hasProvider = (table: Table) => childText(table.info, 'DataProviderId') !== '';

/** Tables made here whose rows Dataverse keeps: they have every system column. Virtual, elastic, activities and process tables differ. */
function standardTables({ tables }: Checked): Table[] {
  return tables.filter(
    (table) => table.isNew && !hasProvider(table) && !flag(table, 'IsActivity') && !flag(table, 'IsBPFEntity'),
  );
}

const everyTable = [
  'createdby',
  'createdon',
  'createdonbehalfby',
  'modifiedby',
  'modifiedon',
  'modifiedonbehalfby',
  'importsequencenumber',
  'overriddencreatedon',
  'statecode',
  'statuscode',
  'timezoneruleversionnumber',
  'utcconversiontimezonecode',
];
const byOwnership: Readonly<Record<string, readonly string[]>> = {
  UserOwned: ['ownerid', 'owningbusinessunit', 'owningteam', 'owninguser'],
  OrgOwned: ['organizationid'],
};
const systemLookups: Readonly<Record<string, readonly string[]>> = {
  UserOwned: ['createdby', 'modifiedby', 'owningbusinessunit', 'ownerid', 'owningteam', 'owninguser'],
  OrgOwned: ['createdby', 'modifiedby', 'organizationid'],
};
const ownershipOf = (table: Table) => childText(table.info, 'OwnershipTypeMask');

/** Whether a relationship leads from this column of this table. */
export const leadsFrom = (relationship: XmlElement, table: Table, column: string) =>
  childText(relationship, 'ReferencingEntityName').toLowerCase() === table.logicalName &&
  childText(relationship, 'ReferencingAttributeName').toLowerCase() === column;

const isEmpty = (parent: XmlElement | undefined, name: string) => {
  const list = child(parent, name);
  return list === undefined || elements(list).length === 0;
};

export const tableRules: readonly Rule[] = [
  {
    id: 'table-labels',
    severity: 'error',
    code: '',
    fails: '"Entity Display Collection Name … not specified": the import of the table stops.',
    mend: 'Give the table LocalizedNames and LocalizedCollectionNames.',
    *check({ tables }) {
      for (const { logicalName, info, isNew, node } of tables)
        for (const name of ['LocalizedNames', 'LocalizedCollectionNames'])
          if (isNew && isEmpty(info, name)) yield { at: `table ${logicalName}`, message: `It has no ${name}.`, node };
    },
  },
  {
    id: 'table-key',
    severity: 'error',
    code: '',
    fails: 'The import does not find the primary key of the table: "… was not found in the MetadataCache".',
    mend: 'Give the table one column of the type primarykey, named like the table with id behind it.',
    *check({ tables }) {
      for (const table of tables.filter(({ isNew }) => isNew)) {
        const keys = [...table.columns].filter(([, column]) => childText(column, 'Type') === 'primarykey');
        const at = `table ${table.logicalName}`;
        if (keys.length > 1) yield { at, message: `It has ${keys.length} primary keys.`, node: table.node };
        const expected = flag(table, 'IsActivity') ? 'activityid' : `${table.logicalName}id`;
        // The key of a process table has a name of its own.
        if (keys[0]![0] !== expected && !flag(table, 'IsBPFEntity') && !hasProvider(table))
          yield { at, message: `Its primary key is '${keys[0]![0]}', not '${expected}'.`, node: keys[0]![1] };
      }
    },
  },
  {
    id: 'table-primary-name',
    severity: 'error',
    code: '',
    fails: '"PrimaryName attribute not found": the import of the table stops.',
    mend: 'Give one text column PrimaryName in its DisplayMask.',
    *check({ tables }) {
      for (const { logicalName, columns, isNew, node } of tables) {
        const names = [...columns.values()].filter((one) =>
          childText(one, 'DisplayMask').split('|').includes('PrimaryName'),
        );
        const at = `table ${logicalName}`;
        if (isNew && names.length !== 1) yield { at, message: `It has ${names.length} primary names.`, node };
        for (const name of names)
          if (childText(name, 'Type') !== 'nvarchar')
            yield { at, message: `Its primary name is no text, but ${childText(name, 'Type')}.`, node: name };
      }
    },
  },
  {
    id: 'system-columns',
    severity: 'error',
    code: '',
    fails: 'The platform does not surely make what a table lacks; imports of hand-written tables have stopped for it.',
    mend: 'Write every system column of the table; a table made in the maker portal and exported shows them.',
    *check(solution) {
      for (const table of standardTables(solution)) {
        const wanted = [...everyTable, ...(byOwnership[ownershipOf(table)] ?? [])];
        const left = wanted.filter((name) => !table.columns.has(name));
        const at = `table ${table.logicalName}`;
        if (left.length > 0) yield { at, message: `It has no ${left.join(', ')}.`, node: table.node };
        const other = ownershipOf(table) === 'OrgOwned' ? 'ownerid' : 'organizationid';
        if (byOwnership[ownershipOf(table)] !== undefined && table.columns.has(other))
          yield { at, message: `It is ${ownershipOf(table)} and has ${other}.`, node: table.columns.get(other) };
      }
    },
  },
  {
    id: 'system-relationships',
    severity: 'error',
    code: '0x80048548',
    fails: 'The import stops at a system lookup that no relationship leads from.',
    mend: 'Write the relationship, e.g. lk_<table>_createdby to SystemUser.',
    *check(solution) {
      for (const table of standardTables(solution))
        for (const column of systemLookups[ownershipOf(table)] ?? [])
          if (table.columns.has(column) && !solution.relationships.some((one) => leadsFrom(one, table, column)))
            yield {
              at: `column ${table.logicalName}.${column}`,
              message: 'No relationship leads from it.',
              node: table.columns.get(column),
            };
    },
  },
  {
    id: 'parental-relationships',
    severity: 'error',
    code: '0x80048835',
    fails: 'The import refuses a second parental relationship of a table.',
    mend: 'Let one relationship cascade everything, and the others not.',
    *check({ relationships, tables }) {
      for (const { logicalName } of tables) {
        const parental = relationships.filter(
          (one) =>
            childText(one, 'ReferencingEntityName').toLowerCase() === logicalName &&
            cascades.every((name) => childText(one, name) === 'Cascade'),
        );
        const names = parental.map((one) => attribute(one, 'Name'));
        if (parental.length > 1)
          yield {
            at: `table ${logicalName}`,
            message: `Its parental relationships are ${names.join(', ')}.`,
            node: parental[1],
          };
      }
    },
  },
  {
    id: 'upgrade-change',
    severity: 'error',
    code: '',
    fails: 'An upgrade cannot change the type of a column, the target of a lookup, or who owns a table: it fails.',
    mend: 'Make a new column or table, and move the data.',
    *check(solution) {
      for (const table of solution.previous === undefined ? [] : solution.tables) yield* changesOf(table, solution);
    },
  },
  {
    id: 'upgrade-removal',
    severity: 'warning',
    code: '',
    fails:
      'An upgrade deletes what the new version lacks, with its data, unless something else depends on it (0x8004F01D).',
    mend: 'Keep the component, or make sure that its data may go.',
    *check({ previous, tables, version }) {
      for (const before of previous?.tables ?? []) {
        const now = tables.find(({ logicalName }) => logicalName === before.logicalName);
        if (now === undefined && before.isNew)
          yield {
            at: `table ${before.logicalName}`,
            message: `It was there in the last release, and not in ${version}.`,
          };
        for (const column of now === undefined ? [] : before.columns.keys())
          if (now?.columns.has(column) === false)
            yield {
              at: `column ${before.logicalName}.${column}`,
              message: 'It was there in the last release.',
              node: now.node,
            };
      }
    },
  },
];

const cascades = ['CascadeAssign', 'CascadeDelete', 'CascadeReparent', 'CascadeShare', 'CascadeUnshare'];

function* changesOf(table: Table, { previous, relationships }: Checked): Generator<Complaint> {
  const before = previous!.table(table.logicalName);
  if (before === undefined) return;
  const [was, is] = [ownershipOf(before), ownershipOf(table)];
  if (was !== is && was !== '' && is !== '')
    yield { at: `table ${table.logicalName}`, message: `It was ${was}, and is ${is}.`, node: table.node };
  for (const [name, node] of table.columns) {
    const at = `column ${table.logicalName}.${name}`;
    const [type, typeBefore] = [childText(node, 'Type'), childText(before.columns.get(name), 'Type')];
    if (typeBefore !== '' && type !== typeBefore)
      yield { at, message: `It was of the type ${typeBefore}, and is ${type}.`, node };
    const [targets, targetsBefore] = [
      targetsOf(relationships, table, name),
      targetsOf(previous!.relationships, table, name),
    ];
    const lost = targetsBefore.filter((target) => !targets.includes(target));
    if (lost.length > 0 && targets.length > 0)
      yield { at, message: `It led to ${lost.join(', ')}, and leads to ${targets.join(', ')}.`, node };
  }
}

const targetsOf = (relationships: readonly XmlElement[], table: Table, column: string) =>
  relationships
    .filter((one) => leadsFrom(one, table, column))
    .map((one) => childText(one, 'ReferencedEntityName').toLowerCase());
