import type { EntityRow } from './contract.ts';
import { dualWritePartitions, dualWriteProjects } from './entities/dual-write-entities.ts';
import { errorLogTable, eventDefinitionTable, projectFieldTable } from './entities/dual-write-tables.ts';
import type { EntityDefinition } from './entities/entity.ts';
import { newRow } from './entities/stored-entity.ts';
import type { EntityStore } from './entity-store.ts';
import type { TableShape } from '../query/index.ts';
import { sourceOf, trackedTables } from './rules/tracked-tables.ts';

/** What dual-write has set up for the maps that are started. */
export interface DualWriteSetup {
  /** Rows of `DualWriteProjectConfigurations`; what a row lacks is empty. */
  readonly projects: readonly EntityRow[];
  /** Rows of `DualWriteProjectPartitionMappings`. */
  readonly partitions: readonly EntityRow[];
  /** Rows of `DualWriteProjectFieldConfiguration`. */
  readonly fields: readonly EntityRow[];
  /** AOT names of the data entities whose changes are carried: their tables get lines in `BusinessEventsDefinition`. */
  readonly entities: readonly string[];
}

/** A row that Dataverse has refused. */
export interface RefusedRow {
  readonly ProjectName: string;
  readonly EntityName: string;
  readonly ExternalEntityName: string;
  readonly SourceKey: string;
  readonly message: string;
  /** What was sent; kept in debug mode only. */
  readonly trace: string;
}

/** What dual-write keeps here about the maps that are started. */
export interface DualWriteProjects {
  /** Takes the place of all there is, inside a transaction; what is the same is not written. */
  record(setup: DualWriteSetup): void;
  /** A row of `DualWriteProjectConfigurations`; undefined when there is none by this name. */
  project(name: string): EntityRow | undefined;
  /** True when one of the fields comes from a table that is tracked for the data entity (`BusinessEventsDefinition`). */
  tracks(entity: string, fields: readonly string[]): boolean;
  /** Writes a line of `DualWriteErrorLog`, inside a transaction: whole when the project is in debug mode. */
  logError(refused: RefusedRow): void;
}

/** Decided: as much of a message as the log has unless the project is in debug mode. */
const shortLength = 250;

export const createDualWriteProjects = (store: EntityStore): DualWriteProjects => {
  const project: DualWriteProjects['project'] = (ProjectName) => store.read(dualWriteProjects.shape, { ProjectName });
  return {
    project,
    record({ projects, partitions, fields, entities }) {
      replaceEntities(dualWriteProjects, projects, store);
      replaceEntities(dualWritePartitions, partitions, store);
      replaceAll(projectFieldTable, fields, store);
      replaceAll(eventDefinitionTable, [...new Set(entities)].flatMap(definitionsOf), store);
    },
    tracks(entity, fields) {
      const lines = store.find(eventDefinitionTable, { RefEntityName: entity });
      return fields.some((field) => {
        const { table, recIdField } = sourceOf(entity, field);
        return lines.some(
          (line) =>
            line['RefTableName'] === table && (recIdField === undefined || line['RecIdFieldName'] === recIdField),
        );
      });
    },
    logError({ message, trace, ...row }) {
      const isDebug = project(row.ProjectName)?.['IsDebugMode'] === 'Yes';
      store.insert(errorLogTable, {
        ...row,
        logDateTime: store.now(),
        errorMessage: message.slice(0, shortLength),
        verboseError: isDebug ? message : '',
        debugLogTrace: isDebug ? trace : '',
      });
    },
  };
};

const definitionsOf = (entity: string): EntityRow[] =>
  trackedTables(entity).map(({ table, recIdField }) => ({
    RefEntityName: entity,
    RefTableName: table,
    RecIdFieldName: recIdField ?? 'RecId',
  }));

const replaceEntities = (entity: EntityDefinition, given: readonly EntityRow[], store: EntityStore): void =>
  replaceAll(
    entity.shape,
    given.map((row) => newRow(entity, row)),
    store,
  );

function replaceAll(shape: TableShape, given: readonly EntityRow[], store: EntityStore): void {
  const keyIn = (row: EntityRow): EntityRow => Object.fromEntries(shape.key.map((name) => [name, row[name]!]));
  const textOf = (row: EntityRow): string => JSON.stringify(Object.values(keyIn(row)));
  const wanted = new Map(given.map((row) => [textOf(row), row]));
  for (const there of store.find(shape, {})) {
    const row = wanted.get(textOf(there));
    wanted.delete(textOf(there));
    if (row === undefined) store.remove(shape, keyIn(there));
    else if (Object.keys(row).some((name) => row[name] !== there[name])) store.update(shape, keyIn(there), row);
  }
  for (const row of wanted.values()) store.insert(shape, row);
}
