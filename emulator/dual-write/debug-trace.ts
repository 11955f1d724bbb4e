import type { EntityChange, EntityRow, RefusedRow } from '../finance-operations/contract.ts';
import { projectName } from './projects.ts';
import { keyOfEntityRow } from './row-key.ts';
import type { TableMap } from './table-map.ts';

/** A change of finance and operations, and the map that carries it. */
export interface Carried {
  readonly map: TableMap;
  readonly change: EntityChange;
}

/** What `DualWriteErrorLog` keeps of a row that was refused. */
export function refusedRow({ map, change }: Carried, message: string, trace: string): RefusedRow {
  return {
    ProjectName: projectName(map, change.after === undefined),
    EntityName: map.entity.name,
    ExternalEntityName: map.leg.destinationSchema,
    SourceKey: keyOfEntityRow(map, (change.after ?? change.before)!),
    message,
    trace,
  };
}

/**
 * The batch that was sent to Dataverse, as debug mode shows it (`debugLogTrace`).
 *
 * Decided: its form; the mapped fields stand by the columns they go to, before they are transformed.
 */
export function debugTrace(batch: readonly Carried[], origin: string): string {
  const requests = batch.map(({ map, change }) => ({
    method: change.after === undefined ? 'DELETE' : 'PATCH',
    url: `${origin}/api/data/v9.2/${map.leg.destinationSchema}`,
    key: keyOfEntityRow(map, (change.after ?? change.before)!),
    ...(change.after === undefined ? {} : { body: payloadOf(map, change.after) }),
  }));
  return JSON.stringify({ requests });
}

const payloadOf = ({ fields }: TableMap, row: EntityRow): EntityRow =>
  Object.fromEntries(
    fields.flatMap(({ mapping, field }) =>
      field === undefined || mapping.syncDirection === 2 ? [] : [[mapping.destinationField, row[field.name] ?? null]],
    ),
  );
