import type { ColumnValue, Lookup, Row } from '../../../query/index.ts';
import type { Database } from '../../../storage/index.ts';
import { faults } from '../../faults.ts';
import type { ColumnMetadata, TableMetadata } from '../../metadata/model.ts';
import type { Operation, OperationPlatform } from './operation.ts';

/** Which columns of the new row are filled. */
const fieldTypes: Readonly<Record<string, (column: ColumnMetadata) => boolean>> = {
  All: () => true,
  ValidForCreate: ({ validForCreate }) => validForCreate,
  ValidForUpdate: ({ validForUpdate }) => validForUpdate,
  ValidForRead: ({ validForRead }) => validForRead,
};

/**
 * Answers a row that is not stored: of the columns of another what the entity map between their tables hands on.
 *
 * Decided: without a map the answer is a row without columns; columns the caller may not read are not handed on.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/webapi/create-entity-web-api#create-with-initialized-data
 */
export const initializeFrom: Operation = {
  name: 'InitializeFrom',
  isFunction: true,
  parameters: [
    { name: 'EntityMoniker', type: 'entityReference' },
    { name: 'TargetEntityName', type: 'string' },
    { name: 'TargetFieldType', type: 'enum' },
  ],
  results: [{ name: 'Entity', type: 'entity' }],
  async run({ input, caller }, platform) {
    const source = input['EntityMoniker'] as Lookup;
    const name = String(input['TargetEntityName']);
    const table = platform.metadata.table(name);
    if (table === undefined) throw faults.resourceNotFound(name);
    const isWanted = fieldTypes[String(input['TargetFieldType'])];
    if (isWanted === undefined)
      throw faults.invalidArgument(
        `Invalid Argument: 'TargetFieldType' is one of ${Object.keys(fieldTypes).join(', ')}.`,
      );
    platform.privileges.require(caller, 'Create', table);
    const row = await platform.organization.retrieve(source.table, source.id, 'all', caller);
    if (row === undefined) throw faults.rowNotFound(platform.metadata.table(source.table)!.schemaName, source.id);
    return { Entity: { table: name, id: undefined, row: mapped(row, source, table, isWanted, platform) } };
  },
};

function mapped(
  row: Row,
  source: Lookup,
  target: TableMetadata,
  isWanted: (column: ColumnMetadata) => boolean,
  { database, metadata }: OperationPlatform,
): Row {
  const { primaryId } = metadata.table(source.table)!;
  const result: Record<string, ColumnValue> = {};
  for (const [from, to] of columnPairs(database, source.table, target.logicalName)) {
    const column = target.columns.get(to);
    if (column === undefined || !isWanted(column)) continue;
    const value = from === primaryId ? source : (row[from] ?? null);
    if (value !== null) result[to] = value;
  }
  return result;
}

/** Source and target columns of the map between two tables. */
function columnPairs(database: Database, source: string, target: string): [string, string][] {
  const sql = `select a.sourceattributename as "from", a.targetattributename as "to" from attributemap a
    join entitymap e on e.entitymapid = a.entitymapid
    where e.sourceentityname = ? and e.targetentityname = ? order by a.targetattributename`;
  return database.all(sql, [source, target]).map((row) => [String(row['from']), String(row['to'])]);
}
