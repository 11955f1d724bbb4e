import { dataverseSubscription } from '../triggers/dataverse-subscription.ts';
import type { Operations } from './connectors.ts';
import { dataverseApi, dataverseOperations } from './dataverse.ts';
import type { TableOfSet } from './dataverse-rows.ts';
import type { ServiceClient } from './service-client.ts';

/** What the connectors of the runtime stand on. */
export interface ConnectorParts {
  readonly dataverse: ServiceClient;
  readonly dataverseOrigin: () => string;
  readonly tableOfSet: TableOfSet;
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
  };
}

const notRun = (): never => {
  throw new Error('Only the names of the operations are wanted.');
};

const named = ownConnectors({
  dataverse: { send: notRun },
  dataverseOrigin: notRun,
  tableOfSet: notRun,
  user: notRun,
});

/** Operation ids of every connector there is; what only ends a subscription is not named. */
export const ownOperationNames: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(named).map(([api, operations]) => [
    api,
    Object.keys(operations).filter((name) => !name.includes('/')),
  ]),
);
