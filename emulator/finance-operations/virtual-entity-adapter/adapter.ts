import { readJson, type HttpRequest, type HttpResponse } from '../../kernel/index.ts';
import type { DataEntity, EntityRow } from '../contract.ts';
import type { EntityDefinition } from '../entities/entity.ts';
import { faults } from '../faults.ts';
import { isVirtualTableCall, requireRight, userOf, type ServiceParts } from '../odata-service/call.ts';
import { respond, rowWriter } from '../odata-service/write-row.ts';
import type { RowChange } from '../row-versions/row-versions.ts';
import { adapterPath } from './adapter-path.ts';

/** What `retrieveEntityChanges` is asked. */
export interface ChangesQuestion {
  /** AOT name of the data entity. */
  readonly entity: string;
  /** Fields of the rows that changed. */
  readonly fields: readonly string[];
  /** Versions rows and deletions are told above; without rows, only deletions. Nothing: what the present version is. */
  readonly since?: { readonly rows: number | undefined; readonly deleted: number; readonly upTo?: number };
  readonly most: number;
}

export interface ChangesAnswer {
  /** Up to which version it tells. */
  readonly version: number;
  /** The version asked from is none of this time: read everything again. */
  readonly isExpired?: boolean;
  /** Rows with their RecId, the earliest change first, and the versions of their changes. */
  readonly rows: readonly Record<string, unknown>[];
  readonly versions: readonly number[];
  readonly deleted: readonly RowChange[];
}

/**
 * Answers the operations of `CDSVirtualEntityAdapterService`. Decided: their names and members, which are not published.
 *
 * @throws Fault 404 for another, and for who is no provider
 */
export async function answerAdapter(parts: ServiceParts, request: HttpRequest): Promise<HttpResponse> {
  const operation = request.url.slice(adapterPath.length);
  if (request.method !== 'POST') throw faults.notAllowed(request.method);
  if (!isVirtualTableCall(request)) throw faults.notFound(request.url);
  const asked = readJson(request) as ChangesQuestion & { readonly isTracked?: boolean };
  const entity = parts.entities.get(asked.entity);
  if (entity === undefined) throw faults.notFound(asked.entity);
  const user = userOf(parts, request);
  switch (operation) {
    case 'setChangeTracking':
      await setChangeTracking(parts, entity, asked.isTracked === true);
      return respond(200, {});
    case 'retrieveEntityChanges': {
      requireRight(user, entity, 'read', parts.store);
      await setChangeTracking(parts, entity, true);
      return parts.database.reading(async () => respond(200, changesOf(parts, entity, asked, user.companies)));
    }
    default:
      throw faults.notFound(request.url);
  }
}

async function setChangeTracking({ database, rowVersions }: ServiceParts, entity: DataEntity, isTracked: boolean) {
  if ((rowVersions.trackedFrom(entity) !== undefined) === isTracked) return;
  await database.transaction(async () => (isTracked ? rowVersions.track(entity) : rowVersions.untrack(entity)));
}

function changesOf(
  { rowVersions, store }: ServiceParts,
  entity: EntityDefinition,
  { fields, since, most }: ChangesQuestion,
  companies: readonly string[] | undefined,
): ChangesAnswer {
  const present = rowVersions.present();
  const nothing = { version: present, rows: [], versions: [], deleted: [] };
  if (since === undefined) return nothing;
  const from = Math.min(since.deleted, since.rows ?? since.deleted);
  if (from < rowVersions.trackedFrom(entity)! || from > present) return { ...nothing, isExpired: true };
  const upTo = since.upTo ?? present;
  const changed =
    since.rows === undefined ? [] : rowVersions.changed(entity, { after: since.rows, upTo, most, companies });
  const rows = rowsOf(changed);
  const write = rowWriter(entity, { wanted: fields, withRecId: true });
  const there = changed.filter(({ recId }) => rows.has(recId));
  return {
    version: upTo,
    rows: there.map(({ recId }) => write(rows.get(recId)!)),
    versions: there.map(({ version }) => version),
    deleted: rowVersions.deleted(entity, { after: since.deleted, upTo, most, companies }),
  };

  function rowsOf(found: readonly RowChange[]): ReadonlyMap<number, EntityRow> {
    const columns = [...new Set(['RecId', ...entity.key, ...fields])];
    const values = found.map(({ recId }) => recId);
    const filter = { kind: 'in', left: { column: 'RecId' }, values } as const;
    const read = values.length === 0 ? [] : store.query({ table: entity.name, columns, joins: [], order: [], filter });
    return new Map(read.map((row) => [Number(row['RecId']), row]));
  }
}
