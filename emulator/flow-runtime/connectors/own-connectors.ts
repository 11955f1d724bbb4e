import type { Outbox } from '../../kernel/index.ts';
import type { ValueObject } from '../expressions/value.ts';
import { dataverseSubscription } from '../triggers/dataverse-subscription.ts';
import type { ApprovalStore } from './approval-store.ts';
import { approvalsApi, approvalsOperations } from './approvals.ts';
import type { Operations } from './connectors.ts';
import { dataverseApi, dataverseOperations } from './dataverse.ts';
import type { TableOfSet } from './dataverse-rows.ts';
import { dynamicsaxApi, dynamicsaxOperations, type BusinessEventSource } from './dynamicsax.ts';
import { findPerson } from './find-person.ts';
import { office365Api, office365Operations } from './office365.ts';
import { office365UsersApi, office365UsersOperations } from './office365-users.ts';
import { sendMailApi, sendMailOperations } from './sendmail.ts';
import type { ServiceClient } from './service-client.ts';
import { teamsApi, teamsOperations } from './teams.ts';
import type { Waits } from './waits.ts';
import { webContentsApi, webContentsOperations } from './web-contents.ts';

/** What the connectors of the runtime stand on. */
export interface ConnectorParts {
  readonly dataverse: ServiceClient;
  readonly dataverseOrigin: () => string;
  readonly tableOfSet: TableOfSet;
  readonly financeOperations: ServiceClient;
  readonly businessEvents: BusinessEventSource | undefined;
  readonly outbox: Outbox;
  readonly approvals: ApprovalStore;
  readonly waits: Waits;
  /** Tells the subscription of a trigger what has come. */
  readonly tell: (url: string, body: ValueObject) => void;
  /** E-mail of the user the connection behind a reference is signed in as. */
  readonly user: (connectionReference: string | undefined) => string;
}

/** Every connector the runtime has, by the name of its api. */
export function ownConnectors(parts: ConnectorParts): Readonly<Record<string, Operations>> {
  const { dataverse, dataverseOrigin: origin, tableOfSet, user } = parts;
  return {
    [dataverseApi]: {
      ...dataverseOperations({
        send: ({ connectionReference, ...call }) => dataverse.send({ ...call, user: user(connectionReference) }),
        origin,
        tableOfSet,
      }),
      ...dataverseSubscription(dataverse, user),
    },
    [dynamicsaxApi]: dynamicsaxOperations(parts),
    [approvalsApi]: approvalsOperations({
      ...parts,
      person: (name) => findPerson(dataverse, name, user(undefined)),
    }),
    [office365Api]: office365Operations(parts),
    [office365UsersApi]: office365UsersOperations(parts),
    [teamsApi]: teamsOperations(parts),
    [sendMailApi]: sendMailOperations(parts),
    [webContentsApi]: webContentsOperations(parts),
  };
}
