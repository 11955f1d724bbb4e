import type { Clock, Deliver, FaultRules, NewId, Work } from '../kernel/index.ts';
import type { Dataverse, ExternalEvent } from '../dataverse/index.ts';
import type { DataEntity, EntityRow, FinanceOperations } from '../finance-operations/index.ts';
import type { Database } from '../storage/database.ts';

export interface EventsParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly work: Work;
  readonly faultRules: FaultRules;
  readonly log: (text: string) => void;
  readonly dataverse: Dataverse;
  readonly financeOperations: FinanceOperations;
  /** Whether the two are linked: without the link there are no data events, and nothing of Dataverse hears of business events. */
  readonly isLinked: () => boolean;
  /** The row of a data entity as its virtual table shows it; undefined when that has not been generated. */
  readonly virtualRow: (entity: DataEntity, row: EntityRow) => Promise<VirtualRow | undefined>;
  /** Logical name of the virtual table over a data entity; undefined when that has not been generated. */
  readonly virtualTableOf: (entity: DataEntity) => string | undefined;
  /** Posts an event and answers the receiver's status; over HTTP unless said otherwise. */
  readonly deliver?: Deliver;
}

export type VirtualRow = Pick<ExternalEvent, 'table' | 'id' | 'columns'>;

export interface Subscription {
  /** Business event id. */
  readonly event: string;
  /** Empty or undefined for all. */
  readonly legalEntity?: string;
  /** An http address of this machine; the payload is posted there. */
  readonly notificationUrl: string;
  /** E-mail of who subscribes; an administrator unless named. */
  readonly user?: string;
}
