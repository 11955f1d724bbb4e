import type { Condition, Query } from '../../query/index.ts';
import { countRows, readRows } from '../../storage/index.ts';
import type { ChangesAsked, ChangesTold } from '../change-tracking/changes.ts';
import type { VersionStretch } from '../change-tracking/deletions.ts';
import { requireProvider } from '../messages/virtual-rows.ts';
import type { TableMetadata } from '../metadata/model.ts';
import { mostRows } from './page.ts';
import type { RequestContext } from './request-context.ts';

/** Where it is known what has changed in a table. */
export interface ChangeSource {
  /** The version of the last change. */
  present(): Promise<number>;
  /** Undefined for a version it knows nothing of, or no longer. */
  changes(asked: ChangesAsked): Promise<ChangesTold | undefined>;
  /** Days a token is good. */
  readonly daysKept: number;
}

export const changeSource = (context: RequestContext, table: TableMetadata): ChangeSource =>
  table.isVirtual ? elsewhere(context, table) : inStore(context, table);

/** Of a virtual table the other system knows, asked as the caller. */
function elsewhere({ parts, caller }: RequestContext, table: TableMetadata): ChangeSource {
  const { changes } = requireProvider(table, parts.provider());
  if (changes === undefined) throw new Error(`The provider of '${table.logicalName}' tracks no changes.`);
  return {
    present: async () => (await changes.of(table, undefined, caller))!.upTo,
    changes: (asked) => changes.of(table, asked, caller),
    daysKept: changes.daysKept,
  };
}

/** A read waits until no write is under way. Who asks may read every row: nothing narrows the query. */
function inStore({ parts }: RequestContext, table: TableMetadata): ChangeSource {
  const { deletions, database, shapes } = parts;
  function changedRows(columns: readonly string[], stretch: VersionStretch, most: number) {
    const query: Query = {
      table: table.logicalName,
      columns: [...new Set([...columns, 'versionnumber'])],
      joins: [],
      filter: changedIn(stretch),
      order: [{ column: 'versionnumber', descending: false }],
      top: most,
    };
    return readRows(database, query, shapes).map((row) => row.columns);
  }
  return {
    present: async () => deletions.lastVersion(),
    async changes({ columns, rowsAfter, deletedAfter, upTo = deletions.lastVersion(), most }) {
      if (Math.max(rowsAfter ?? 0, deletedAfter) > deletions.lastVersion()) return undefined;
      const rows = rowsAfter === undefined ? [] : changedRows(columns, { after: rowsAfter, upTo }, most);
      return {
        rows,
        versions: rows.map((row) => Number(row['versionnumber'])),
        deleted: deletions.between(table, { after: deletedAfter, upTo }, most),
        upTo,
      };
    },
    daysKept: deletions.daysKept,
  };
}

const changedIn = ({ after, upTo }: VersionStretch): Condition => ({
  kind: 'all',
  of: [
    { kind: 'compare', left: { column: 'versionnumber' }, operator: 'gt', right: after },
    { kind: 'compare', left: { column: 'versionnumber' }, operator: 'le', right: upTo },
  ],
});

/** How many changes there are: no more than a page tells of, and all deletions. */
export async function countOfChanges(
  context: RequestContext,
  table: TableMetadata,
  stretch: VersionStretch,
): Promise<number | undefined> {
  const { parts } = context;
  if (table.isVirtual) {
    const asked = { columns: [], rowsAfter: stretch.after, deletedAfter: stretch.after, upTo: stretch.upTo };
    const told = await changeSource(context, table).changes({ ...asked, most: mostRows });
    return told === undefined ? undefined : told.rows.length + told.deleted.length;
  }
  const query: Query = { table: table.logicalName, columns: [], joins: [], order: [], filter: changedIn(stretch) };
  return countRows(parts.database, query, parts.shapes, mostRows) + parts.deletions.count(table, stretch);
}
