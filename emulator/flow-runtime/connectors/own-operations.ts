import { ownConnectors } from './own-connectors.ts';

const notRun = (): never => {
  throw new Error('Only the names of the operations are wanted.');
};

const named = ownConnectors({
  dataverse: { send: notRun },
  dataverseOrigin: notRun,
  tableOfSet: notRun,
  financeOperations: { send: notRun },
  businessEvents: undefined,
  outbox: { put: notRun, list: notRun, find: notRun, change: notRun, onPut: () => undefined },
  approvals: { create: notRun, find: notRun, list: notRun, respond: notRun, cancel: notRun },
  waits: { wait: notRun, about: notRun, forget: notRun, answer: notRun, resume: notRun },
  tell: notRun,
  user: notRun,
});

/** Operation ids of every connector there is, by api; what only ends a subscription is not named. */
export const ownOperationNames: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(named).map(([api, operations]) => [
    api,
    Object.keys(operations).filter((name) => !name.includes('/')),
  ]),
);
