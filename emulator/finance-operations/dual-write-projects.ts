import type { EntityRow } from './contract.ts';
import { dualWritePartitions, dualWriteProjects } from './entities/dual-write-entities.ts';
import type { EntityDefinition } from './entities/entity.ts';
import { keyOf, newRow } from './entities/stored-entity.ts';
import type { EntityStore } from './entity-store.ts';

/** What dual-write keeps here about the maps that are started. */
export interface DualWriteProjects {
  /**
   * Takes the place of all there is, inside a transaction; what is the same is not written.
   *
   * @param projects rows of `DualWriteProjectConfigurations`; what a row lacks is empty
   * @param partitions rows of `DualWriteProjectPartitionMappings`
   */
  record(projects: readonly EntityRow[], partitions: readonly EntityRow[]): void;
  /** A row of `DualWriteProjectConfigurations`; undefined when there is none by this name. */
  project(name: string): EntityRow | undefined;
}

export const createDualWriteProjects = (store: EntityStore): DualWriteProjects => ({
  record(projects, partitions) {
    replaceAll(dualWriteProjects, projects, store);
    replaceAll(dualWritePartitions, partitions, store);
  },
  project: (ProjectName) => store.read(dualWriteProjects.shape, { ProjectName }),
});

function replaceAll(entity: EntityDefinition, given: readonly EntityRow[], store: EntityStore): void {
  const wanted = new Map(given.map((row) => [textOf(entity, row), newRow(entity, row)]));
  for (const there of store.find(entity.shape, {})) {
    const row = wanted.get(textOf(entity, there));
    wanted.delete(textOf(entity, there));
    if (row === undefined) store.remove(entity.shape, keyOf(entity, there));
    else if (Object.keys(row).some((name) => row[name] !== there[name]))
      store.update(entity.shape, keyOf(entity, there), row);
  }
  for (const row of wanted.values()) store.insert(entity.shape, row);
}

const textOf = (entity: EntityDefinition, row: EntityRow): string => JSON.stringify(Object.values(keyOf(entity, row)));
