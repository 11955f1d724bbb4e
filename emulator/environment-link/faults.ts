import { Fault } from '../kernel/index.ts';

const fault = (name: string, code: string, status: number, message: string) =>
  new Fault(name, { code, status }, message);

/** What the page of the environment refuses. */
export const faults = {
  alreadyLinked: () =>
    fault(
      'alreadyLinked',
      'LinkRefused',
      409,
      'The environment is linked. A link is permanent: relinking is not supported; delete the finance and operations environment first.',
    ),
  inProgress: () =>
    fault('linkInProgress', 'LinkRefused', 409, 'Environment setup is in progress. Wait until it has ended.'),
  nothingToResume: () =>
    fault('nothingToResume', 'LinkRefused', 409, 'There is no setup that failed and could be resumed.'),
  notLinkedYet: () =>
    fault('notLinkedYet', 'LinkRefused', 409, 'The environment is not linked; there is nothing to delete.'),
  lifecycleBlocked: (operation: string) =>
    fault(
      'lifecycleBlocked',
      'LinkRefused',
      409,
      `The environment of Dataverse is linked to finance and operations: ${operation} is blocked. Delete the finance and operations environment first.`,
    ),
  unknownVerb: (verb: string) =>
    new Fault(
      'unknownLinkVerb',
      { code: 'BadLinkCall', status: 400 },
      `'${verb}' is none of start, resume, delete, reset-dataverse, delete-dataverse.`,
    ),
} as const;
