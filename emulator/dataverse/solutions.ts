import { identityOf, type SolutionPackage } from '../../packaging/index.ts';
import type { Database } from '../storage/index.ts';
import type { OrganizationService, SolutionImportResult } from './contract.ts';
import { logChanges } from './customizing/change-log.ts';
import { faults } from './faults.ts';
import type { Catalogue } from './metadata/catalogue.ts';
import { exportSolution } from './solution-export/export-solution.ts';
import { applyComponentParameters, type ComponentParameter } from './solution-import/component-parameters.ts';
import {
  findSolution,
  importSolution,
  keepEntityRows,
  promote,
  readSolution,
  type ImportPlatform,
  type ReadSolution,
} from './solution-import/index.ts';
import { missingTables } from './solution-import/missing-tables.ts';
import { stagedSolution, stageSolution } from './solution-import/stage-solution.ts';

interface SolutionParts {
  readonly database: Database;
  readonly catalogue: Catalogue;
  platform(): ImportPlatform;
  readonly organization: () => OrganizationService;
  /** Called before an import with the tables it needs that are not there; it may make them. */
  prepare(tables: readonly string[]): Promise<void>;
  /** Called inside the transaction of an import. */
  installed(): void;
  /** Called when the metadata has changed and the change is through. */
  changed(): void;
}

export interface ImportOptions {
  /** Beside the installed version, to take its place later. */
  readonly asHolding?: boolean;
  /** Takes the place of the installed version at once; installs where there is none. */
  readonly isUpgrade?: boolean;
  readonly componentParameters?: readonly ComponentParameter[];
}

export interface Solutions {
  /** The metadata, as what changes it sees it. */
  readonly catalogue: Catalogue;
  /** @throws Fault with the platform's import code; nothing of the package is kept then. */
  import(solution: Buffer | SolutionPackage, options?: ImportOptions): Promise<SolutionImportResult>;
  /** Lets the holding solution take the place of the installed one. */
  promote(uniqueName: string): Promise<void>;
  /** The zip of an unmanaged solution, as it is now. @throws Fault for one that is not there, or is managed */
  export(uniqueName: string, asManaged: boolean): Promise<Buffer>;
  /** The platform's StageSolutionResults. */
  stage(zip: Buffer, uploadId: string): Promise<object>;
  /** The zip of an upload; undefined when there is none. */
  staged(uploadId: string): Buffer | undefined;
  /** Changes the metadata in one transaction; what the work leaves is in force at once, and gone when it is undone. */
  customize<T>(work: (platform: ImportPlatform, before: Catalogue) => Promise<T>): Promise<T>;
  /** Puts the metadata in force that a change of solutions leaves, once its transaction is through. */
  takeOver(metadata: Catalogue): void;
}

/** Solution work over one store. */
export function createSolutions(parts: SolutionParts): Solutions {
  const { database, catalogue, platform } = parts;

  function takeOver(metadata: Catalogue): void {
    if (metadata !== catalogue) logChanges(database, catalogue, metadata);
    keepEntityRows(platform(), metadata);
    database.afterCommit(() => {
      if (metadata !== catalogue) catalogue.restore(metadata);
      parts.changed();
    });
  }

  async function customize<T>(work: (platform: ImportPlatform, before: Catalogue) => Promise<T>): Promise<T> {
    return database.transaction(async () => {
      const before = catalogue.copy();
      database.onRollback(() => {
        catalogue.restore(before);
        parts.changed();
      });
      const result = await work(platform(), before.copy());
      logChanges(database, before, catalogue);
      takeOver(catalogue);
      return result;
    });
  }

  let running: string | undefined;

  /** One change of solutions at a time. @throws Fault 0x80071151 while another runs */
  async function alone<T>(what: string, work: () => Promise<T>): Promise<T> {
    if (running !== undefined) throw faults.solutionBusy(what, running);
    running = what;
    try {
      return await work();
    } finally {
      running = undefined;
    }
  }

  async function promoteHolding(uniqueName: string): Promise<void> {
    if (findSolution(database, uniqueName) === undefined) throw faults.rowNotFound('Solution', uniqueName);
    await database.transaction(async () => takeOver(await promote(platform(), uniqueName)));
  }

  async function importOne(solution: ReadSolution, options: ImportOptions): Promise<SolutionImportResult> {
    const { asHolding = false, isUpgrade = false, componentParameters = [] } = options;
    const replaces = isUpgrade && isInstalled(database, solution);
    const result = await importSolution(solution, platform(), asHolding || replaces);
    parts.installed();
    await applyComponentParameters(platform(), parts.organization(), componentParameters);
    if (replaces) await promoteHolding(result.uniqueName);
    return result;
  }

  return {
    catalogue,
    takeOver,
    customize,
    promote: (uniqueName) => alone('Upgrade', () => promoteHolding(uniqueName)),
    export: (uniqueName, asManaged) => exportSolution(platform(), uniqueName, asManaged),
    stage: (zip, uploadId) => database.transaction(() => stageSolution(platform(), zip, uploadId)),
    staged: (uploadId) => stagedSolution(database, uploadId),
    async import(given, options = {}) {
      const solution = await alone('Import', () => readSolution(given));
      const missing = missingTables(solution.pkg, catalogue);
      if (missing.length > 0) await parts.prepare(missing);
      const work = async () => {
        const before = catalogue.copy();
        try {
          const result = await importOne(solution, options);
          // What the platform itself begins with is as old as the environment.
          if (before.table('organization') !== undefined) logChanges(database, before, catalogue);
          return result;
        } catch (error) {
          catalogue.restore(before);
          throw error;
        }
      };
      const result = await alone('Import', () => database.transaction(work));
      parts.changed();
      return result;
    },
  };
}

const isInstalled = (database: Database, { pkg }: ReadSolution) =>
  findSolution(database, identityOf(pkg).uniqueName) !== undefined;
