import type { Clock, Work } from '../kernel/index.ts';
import type { Dataverse } from '../dataverse/index.ts';
import type { FinanceOperations } from '../finance-operations/index.ts';

export interface AddInParts {
  readonly clock: Clock;
  readonly work: Work;
  readonly dataverse: Dataverse;
  readonly financeOperations: FinanceOperations;
  readonly isLinked: () => boolean;
  /** Imports the solution in a folder of this room. */
  readonly installSolution: (folder: string) => Promise<void>;
  /** Takes an installed solution away. */
  readonly removeSolution: (uniqueName: string) => Promise<void>;
  /** Makes the virtual tables of these data entities visible. @throws Error naming those there are not */
  readonly showTables: (entities: readonly string[]) => Promise<void>;
  readonly log: (text: string) => void;
}
