import type { Lookup, Row } from '../../query/index.ts';
import { readRow, readRows, type Database, type Shapes } from '../../storage/index.ts';
import type { MessageCall, OrganizationService, Step } from '../contract.ts';
import { faults } from '../faults.ts';
import { detectDuplicates } from '../messages/message-scope.ts';
import type { AttributeType, ColumnMetadata, MetadataCatalogue, TableMetadata } from '../metadata/model.ts';
import { duplicatesQuery, isSameCase } from './match.ts';
import {
  allPublished,
  conditionsOf,
  countPublished,
  isDetecting,
  operators,
  publishedRules,
  ruleRow,
  ruleStatus,
  takesRules,
  type DuplicateRule,
} from './rules.ts';

interface Store {
  readonly database: Database;
  readonly shapes: Shapes;
  readonly metadata: MetadataCatalogue;
}

/** What refuses duplicates, and what keeps their rules in order. */
export const duplicateSteps = (store: Store): Step[] => [
  ...(['Create', 'Update'] as const).map((message) => refuseDuplicates(message, store)),
  ...ruleSteps(store),
  ...conditionSteps(store),
  {
    name: 'Dataverse.DuplicateDetectionOff',
    table: 'organization',
    message: 'Update',
    stage: 40,
    filteringColumns: ['isduplicatedetectionenabled'],
    async run({ after }, organization) {
      if (after?.['isduplicatedetectionenabled'] !== false) return;
      for (const id of allPublished(store)) await unpublish(id, store, organization);
    },
  },
];

/** Above every step that may still change what is written. */
const last = 1000;

/**
 * Refuses a row of which a published rule finds a duplicate, where the request asked for that.
 *
 * Decided: on an update a rule counts when one of its columns is written; duplicates the caller may not read count, too.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/webapi/manage-duplicate-detection-create-update
 */
function refuseDuplicates(message: 'Create' | 'Update', store: Store): Step {
  return {
    name: 'Dataverse.DuplicateDetection',
    message,
    stage: 20,
    rank: last,
    async run({ table, target, before, id, shared, depth }) {
      if (depth > 1 || !shared.has(detectDuplicates) || !isDetecting(store.database, 'writes')) return;
      const row: Row = { ...before, ...target };
      const own = message === 'Update' ? id : undefined;
      const touches = (rule: DuplicateRule) => rule.conditions.some(({ baseColumn }) => baseColumn in target);
      const rules = publishedRules(store, table).filter((rule) => message === 'Create' || touches(rule));
      if (rules.some((rule) => hasDuplicate(rule, row, own, store))) throw faults.duplicateFound();
    },
  };
}

function hasDuplicate(rule: DuplicateRule, row: Row, id: string | undefined, store: Store): boolean {
  const query = duplicatesQuery(rule, row, id, store.metadata);
  if (query === undefined) return false;
  const top = rule.isCaseSensitive ? undefined : 1;
  return readRows(store.database, { ...query, top }, store.shapes).some(({ columns }) =>
    isSameCase(rule, row, columns),
  );
}

/** A table publishes at most so many rules. */
const mostPublished = 5;

function ruleSteps(store: Store): Step[] {
  const table = 'duplicaterule';
  return [
    {
      name: 'Dataverse.DuplicateRule',
      table,
      message: 'Create',
      stage: 20,
      async run({ target, id }) {
        target['matchingentityname'] ??= target['baseentityname'] ?? null;
        const [base, matching] = ['baseentityname', 'matchingentityname'].map((one) =>
          requireTable(target[one], store),
        );
        target['baseentitytypecode'] = base!.objectTypeCode;
        target['matchingentitytypecode'] = matching!.objectTypeCode;
        target['uniquename'] ??= id;
        if (isPublishing(target)) throw faults.emptyRule();
      },
    },
    {
      name: 'Dataverse.DuplicateRule',
      table,
      message: 'Update',
      stage: 20,
      async run({ target, before, id }) {
        if (isPublishing(target)) requirePublishable(id, before!, store);
        // A rule that is changed has to be published anew.
        else if (isPublishing(before!) && definition.some((name) => name in target))
          target['statuscode'] = ruleStatus.unpublished;
        if (target['statuscode'] !== undefined)
          target['statecode'] = target['statuscode'] === ruleStatus.published ? 1 : 0;
      },
    },
  ];
}

/** Columns that say what a rule finds. */
const definition = ['iscasesensitive', 'excludeinactiverecords'];

const isPublishing = ({ statuscode }: Row) =>
  statuscode === ruleStatus.publishing || statuscode === ruleStatus.published;

/** @throws Fault 0x80048410 for a table that takes no rules */
function requireTable(name: unknown, { metadata }: Store): TableMetadata {
  const table = typeof name === 'string' ? metadata.table(name) : undefined;
  if (table === undefined) throw faults.tableNotFound(String(name));
  if (!takesRules(table)) throw faults.noDuplicateRules(table.logicalName);
  return table;
}

/** @throws Fault for an organisation, a table or a rule that is not fit for it */
export function requirePublishable(id: string, rule: Row, store: Store): void {
  if (!isDetecting(store.database)) throw faults.duplicateDetectionOff();
  const base = requireTable(rule['baseentityname'], store);
  requireTable(rule['matchingentityname'], store);
  if (conditionsOf(store, id).length === 0) throw faults.emptyRule();
  if (rule['statuscode'] !== ruleStatus.published && countPublished(store, base.logicalName) >= mostPublished)
    throw faults.tooManyRules(base.logicalName);
}

function conditionSteps(store: Store): Step[] {
  const table = 'duplicaterulecondition';
  const ruleOf = (row: Row | undefined) => (row?.['regardingobjectid'] as Lookup | null | undefined)?.id;
  const changed = async ({ before, after }: MessageCall, organization: OrganizationService) => {
    const rule = ruleOf(after ?? before);
    if (rule !== undefined) await unpublish(rule, store, organization);
  };
  return [
    ...(['Create', 'Update'] as const).map((message): Step => ({
      name: 'Dataverse.DuplicateRuleCondition',
      table,
      message,
      stage: 20,
      async run({ target, before }) {
        const row: Row = { ...before, ...target };
        const rule = ruleOf(row);
        if (rule === undefined) throw faults.requiredMissing('regardingobjectid', table);
        target['matchingattributename'] ??= row['matchingattributename'] ?? row['baseattributename'] ?? null;
        requireCondition({ ...row, ...target }, rule, store);
      },
    })),
    ...(['Create', 'Update', 'Delete'] as const).map((message): Step => ({
      name: 'Dataverse.UnpublishChangedRule',
      table,
      message,
      stage: 40,
      run: changed,
    })),
  ];
}

/** A rule that goes takes its conditions along: then there is none left to unpublish. */
async function unpublish(id: string, { database, shapes }: Store, organization: OrganizationService): Promise<void> {
  const rule = readRow(database, shapes('duplicaterule'), { duplicateruleid: id }, ['statuscode']);
  if (rule !== undefined && isPublishing(rule))
    await organization.update('duplicaterule', id, { statuscode: ruleStatus.unpublished });
}

/** Kinds of columns no condition compares. */
const incomparable: ReadonlySet<AttributeType> = new Set([
  'File',
  'Image',
  'MultiSelectPicklist',
  'PartyList',
  'Virtual',
]);

/** Operators that take columns of certain kinds only. */
const kindsOf: Readonly<Record<number, readonly AttributeType[]>> = {
  [operators.sameFirst]: ['String', 'Memo'],
  [operators.sameLast]: ['String', 'Memo'],
  [operators.sameDate]: ['DateTime'],
  [operators.sameDateAndTime]: ['DateTime'],
  [operators.sameLabel]: ['Picklist', 'State', 'Status'],
  [operators.sameValue]: ['Picklist', 'State', 'Status'],
};

/** @throws Fault for a column there is not, of a kind the operator does not compare; for a count of characters that is missing */
function requireCondition(row: Row, rule: string, store: Store): void {
  const of = ruleRow(store, rule);
  const operator = Number(row['operatorcode'] ?? operators.exact);
  const columns = (
    [
      ['baseentityname', 'baseattributename'],
      ['matchingentityname', 'matchingattributename'],
    ] as const
  ).map(([table, column]) => requireColumn(String(of?.[table]), row[column], store));
  for (const { attributeType, logicalName } of columns)
    if (incomparable.has(attributeType) || kindsOf[operator]?.includes(attributeType) === false)
      throw faults.notComparable(logicalName);
  const counts = operator === operators.sameFirst || operator === operators.sameLast;
  if (counts && !(Number(row['operatorparam']) > 0))
    throw faults.invalidArgument("Invalid Argument: 'operatorparam' tells how many characters are compared.");
}

function requireColumn(table: string, name: unknown, { metadata }: Store): ColumnMetadata {
  const column = typeof name === 'string' ? metadata.table(table)?.columns.get(name) : undefined;
  if (column === undefined)
    throw faults.invalidArgument(`Invalid Argument: the table '${table}' has no column '${String(name)}'.`);
  return column;
}
