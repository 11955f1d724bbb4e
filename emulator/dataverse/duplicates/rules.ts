import type { Query, Row } from '../../query/index.ts';
import { readRow, readRows, type Database, type Shapes } from '../../storage/index.ts';
import type { MetadataCatalogue, TableMetadata } from '../metadata/model.ts';

/** `operatorcode` of a condition. */
export const operators = {
  exact: 0,
  sameFirst: 1,
  sameLast: 2,
  sameDate: 3,
  sameDateAndTime: 4,
  sameLabel: 5,
  sameValue: 6,
} as const;

/** `statuscode` of a rule. */
export const ruleStatus = { unpublished: 0, publishing: 1, published: 2 } as const;

export interface RuleCondition {
  readonly baseColumn: string;
  readonly matchingColumn: string;
  readonly operator: number;
  /** How many characters, where the operator counts some. */
  readonly characters: number;
  readonly ignoresBlank: boolean;
}

/** What makes a row of `matchingTable` a duplicate of a row of `baseTable`: all conditions. */
export interface DuplicateRule {
  readonly id: string;
  readonly baseTable: string;
  readonly matchingTable: string;
  readonly isCaseSensitive: boolean;
  readonly excludesInactive: boolean;
  readonly conditions: readonly RuleCondition[];
}

interface Store {
  readonly database: Database;
  readonly shapes: Shapes;
  readonly metadata: MetadataCatalogue;
}

/**
 * The published rules for rows of a table; none where the organisation or the table has duplicate detection off.
 *
 * @param matchingTable only those that look for duplicates in this table
 */
export function publishedRules(store: Store, baseTable: TableMetadata, matchingTable?: string): DuplicateRule[] {
  if (!isDetecting(store.database) || !takesRules(baseTable)) return [];
  const { published } = ruleStatus;
  const wanted = { baseentityname: baseTable.logicalName, statuscode: published };
  return find(
    store,
    'duplicaterule',
    matchingTable === undefined ? wanted : { ...wanted, matchingentityname: matchingTable },
  )
    .filter((row) => takesRules(store.metadata.table(String(row['matchingentityname']))))
    .map((row) => readRule(row, conditionsOf(store, String(row['duplicateruleid']))));
}

export const conditionsOf = (store: Store, rule: string): RuleCondition[] =>
  find(store, 'duplicaterulecondition', { regardingobjectid: rule }).map((row) => ({
    baseColumn: String(row['baseattributename']),
    matchingColumn: String(row['matchingattributename']),
    operator: Number(row['operatorcode'] ?? operators.exact),
    characters: Number(row['operatorparam'] ?? 0),
    ignoresBlank: row['ignoreblankvalues'] === true,
  }));

/** Tables switch duplicate detection on; virtual ones cannot. */
export const takesRules = (table: TableMetadata | undefined): boolean =>
  table !== undefined && !table.isVirtual && table.settings?.['IsDuplicateDetectionEnabled'] === true;

/** Off only where the organisation says so. */
export function isDetecting(database: Database, what: 'any' | 'writes' = 'any'): boolean {
  const columns = 'isduplicatedetectionenabled, isduplicatedetectionenabledforonlinecreateupdate as writes';
  const row = database.get(`select ${columns} from organization limit 1`);
  return row?.['isduplicatedetectionenabled'] !== 0 && (what === 'any' || row?.['writes'] !== 0);
}

/** How many rules are published for rows of a table. */
export const countPublished = (store: Store, baseTable: string): number =>
  find(store, 'duplicaterule', { baseentityname: baseTable, statuscode: ruleStatus.published }).length;

/** Ids of all rules that are published. */
export const allPublished = (store: Store): string[] =>
  find(store, 'duplicaterule', { statuscode: ruleStatus.published }).map((row) => String(row['duplicateruleid']));

export const ruleRow = ({ database, shapes }: Store, duplicateruleid: string): Row | undefined =>
  readRow(database, shapes('duplicaterule'), { duplicateruleid });

function readRule(row: Row, conditions: readonly RuleCondition[]): DuplicateRule {
  return {
    id: String(row['duplicateruleid']),
    baseTable: String(row['baseentityname']),
    matchingTable: String(row['matchingentityname']),
    isCaseSensitive: row['iscasesensitive'] === true,
    excludesInactive: row['excludeinactiverecords'] === true,
    conditions,
  };
}

function find({ database, shapes, metadata }: Store, table: string, values: Readonly<Record<string, string | number>>) {
  if (metadata.table(table) === undefined) return [];
  const query: Query = {
    table,
    columns: [...metadata.table(table)!.columns.keys()],
    joins: [],
    order: [],
    filter: {
      kind: 'all',
      of: Object.entries(values).map(([column, right]) => ({
        kind: 'compare',
        left: { column },
        operator: 'eq',
        right,
      })),
    },
  };
  return readRows(database, query, shapes).map(({ columns }) => columns);
}
