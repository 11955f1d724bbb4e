import type { Condition, Join } from '../../query/index.ts';
import type { Shapes } from '../../storage/index.ts';
import type { MetadataCatalogue, TableMetadata } from '../metadata/model.ts';
import { QueryBinder } from './bind-query.ts';

interface Surroundings {
  readonly metadata: MetadataCatalogue;
  readonly shapes: Shapes;
  readonly now: Date;
}

/** A `$filter` text on a table, outside any request: nobody asks, so conditions on the caller match nobody. */
export function bindFilterOn(
  table: TableMetadata,
  text: string,
  { metadata, shapes, now }: Surroundings,
): { filter: Condition; joins: readonly Join[] } {
  const ask = { now, timeZone: 'UTC', weekStart: 0, language: 1033, userId: '', businessUnitId: '', teamIds: [] };
  const binder = new QueryBinder(table, { metadata, shapes, ask, aliases: new Map() });
  return { filter: binder.filter(text), joins: binder.joins };
}
