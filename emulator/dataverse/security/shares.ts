import type { Condition } from '../../query/index.ts';
import type { Database } from '../../storage/index.ts';
import { shareTableOf } from '../metadata/activities.ts';
import type { TableMetadata } from '../metadata/model.ts';
import type { Right } from './privileges.ts';

/** Bits of an access mask, as `principalobjectaccess` keeps them. */
export const rightBits: Readonly<Record<Right, number>> = {
  Read: 1,
  Write: 2,
  Append: 4,
  AppendTo: 16,
  Create: 32,
  Delete: 65_536,
  Share: 262_144,
  Assign: 524_288,
};

const bits = Object.values(rightBits);

/** Every mask that holds this right: the query tree compares whole values, not bits. */
function masksWith(right: Right): number[] {
  const wanted = rightBits[right];
  const others = bits.filter((bit) => bit !== wanted);
  return Array.from({ length: 2 ** others.length }, (_none, chosen) =>
    others.reduce((mask, bit, index) => (chosen & (1 << index) ? mask | bit : mask), wanted),
  );
}

const masks = new Map<Right, number[]>();

/** True of rows shared with one of these users and teams; undefined when nothing of the table is shared with them. */
export function sharedWith(
  principals: readonly string[],
  right: Right,
  table: TableMetadata,
  database: Database,
  alias: string | undefined,
): Condition | undefined {
  const marks = principals.map(() => '?').join(', ');
  const sql = `select 1 from principalobjectaccess where objecttypecode__folded = ? and principalid in (${marks}) limit 1`;
  if (database.get(sql, [shareTableOf(table), ...principals]) === undefined) return undefined;
  if (!masks.has(right)) masks.set(right, masksWith(right));
  const share = 'share';
  return {
    kind: 'exists',
    join: { alias: share, table: 'principalobjectaccess', from: 'objectid', to: table.primaryId, parent: alias },
    filter: {
      kind: 'all',
      of: [
        { kind: 'in', left: { alias: share, column: 'principalid' }, values: principals },
        {
          kind: 'any',
          of: [
            { kind: 'in', left: { alias: share, column: 'accessrightsmask' }, values: masks.get(right)! },
            { kind: 'in', left: { alias: share, column: 'inheritedaccessrightsmask' }, values: masks.get(right)! },
          ],
        },
      ],
    },
  };
}
