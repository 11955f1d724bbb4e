import type { Condition, Join } from '../../query/index.ts';
import type { Shapes } from '../../storage/index.ts';
import type { MetadataCatalogue, TableMetadata } from '../metadata/model.ts';
import { QueryBinder } from './bind-query.ts';

/** A `$filter` text on a table, outside any request: nobody asks, so conditions on the caller match nobody. */
export function bindFilterOn(
  table: TableMetadata,
  text: string,
  metadata: MetadataCatalogue,
  shapes: Shapes,
): { filter: Condition; joins: readonly Join[] } {
  const ask = { now: new Date(), userId: '', businessUnitId: '', teamIds: [] };
  const binder = new QueryBinder(table, { metadata, shapes, ask, aliases: new Map() });
  return { filter: binder.filter(text), joins: binder.joins };
}
