import type { DataEntity, EntityChange } from '../contract.ts';
import { dataEventCategory } from './data-event-categories.ts';

/** What Dataverse hears of it as. */
export type DataEventMessage = 'OnExternalCreated' | 'OnExternalUpdated' | 'OnExternalDeleted';

/** One event of a data entity, as the tab *Data event catalog* lists it. */
export interface DataEventDefinition {
  /** Decided: `<AOT name><Created|Updated|Deleted>`. */
  readonly id: string;
  readonly name: string;
  /** Name of the module. */
  readonly category: string;
  readonly entity: string;
  readonly isCompanySpecific: boolean;
  readonly message: DataEventMessage;
  readonly fields: readonly string[];
  /** Those of them X++ calculates: a change of them alone raises nothing. */
  readonly virtualFields: readonly string[];
}

const kinds = {
  insert: { suffix: 'Created', message: 'OnExternalCreated' },
  update: { suffix: 'Updated', message: 'OnExternalUpdated' },
  delete: { suffix: 'Deleted', message: 'OnExternalDeleted' },
} as const;

export const messageOf = (kind: EntityChange['kind']): DataEventMessage => kinds[kind].message;

/** Event of a change. */
export const dataEventId = (entity: DataEntity, kind: EntityChange['kind']) => `${entity.name}${kinds[kind].suffix}`;

/**
 * Every data entity at `/data` has its three events.
 *
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/business-events/data-events
 */
export function dataEvents(entities: ReadonlyMap<string, DataEntity>): Map<string, DataEventDefinition> {
  const definitions = [...entities.values()].flatMap((entity) =>
    (['insert', 'update', 'delete'] as const).map((kind): DataEventDefinition => ({
      id: dataEventId(entity, kind),
      name: `${entity.label}: ${kinds[kind].suffix.toLowerCase()}`,
      category: dataEventCategory(entity.name),
      entity: entity.name,
      isCompanySpecific: entity.isCompanyBound,
      message: kinds[kind].message,
      fields: [...entity.fields.keys()],
      virtualFields: [...entity.fields.values()].filter(({ isVirtual }) => isVirtual).map(({ name }) => name),
    })),
  );
  return new Map(definitions.map((definition) => [definition.id, definition]));
}
