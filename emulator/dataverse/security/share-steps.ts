import type { Lookup } from '../../query/index.ts';
import type { MessageCall, Step } from '../contract.ts';
import { inheritFromParents, isShareable, removeShares, setDirect, shareOf, type ShareParts } from './share-rows.ts';
import { rightBits } from './shares.ts';

const every = Object.values(rightBits).reduce((mask, bit) => mask | bit, 0);

/** Shares follow the rows: a new or moved row inherits those of the row it belongs to, a row that goes takes its own along. */
export function shareSteps(parts: ShareParts): Step[] {
  const names = { name: 'Dataverse.InheritShares', stage: 40, rank: 0 } as const;
  return [
    { ...names, message: 'Create', run: async (call) => inheritWhenLinked(call, parts) },
    { ...names, message: 'Update', run: async (call) => inheritWhenLinked(call, parts) },
    {
      ...names,
      message: 'Update',
      filteringColumns: ['ownerid'],
      run: async (call) => shareWithPreviousOwner(call, parts),
    },
    { ...names, message: 'Delete', run: async ({ id }) => removeShares(parts.database, id) },
  ];
}

function inheritWhenLinked({ table, id, target }: MessageCall, parts: ShareParts): void {
  if (!isShareable(table)) return;
  const isLinked = table.manyToOne.some(
    ({ cascade, referencingColumn }) => cascade.share !== 'NoCascade' && referencingColumn in target,
  );
  if (isLinked) inheritFromParents(parts, { table: table.logicalName, id });
}

/** With `ShareToPreviousOwnerOnAssign` the former owner keeps every right by a share. */
function shareWithPreviousOwner({ table, id, before, after }: MessageCall, parts: ShareParts): void {
  const [from, to] = [before?.['ownerid'], after?.['ownerid']] as (Lookup | null | undefined)[];
  if (!isShareable(table) || !from || !to || from.id === to.id) return;
  const setting = parts.database.get('select sharetopreviousowneronassign as keeps from organization limit 1');
  if (setting?.['keeps'] !== 1) return;
  const direct = shareOf(parts.database, id, from.id)?.direct ?? 0;
  setDirect(parts, { table: table.logicalName, id }, from, direct | every);
}
