import { Fault } from '../kernel/index.ts';

/** What a caller of a virtual table sees when finance and operations does not give it. */
export const faults = {
  refused: (message: string) => new Fault('virtualRefused', { code: '0x80040265', status: 400 }, message),
  failed: (what: string) =>
    new Fault(
      'virtualFailed',
      { code: '0x80050263', status: 400 },
      `A token was obtained to call Finance and Operations, but Finance and Operations returned an error of type ${what}.`,
    ),
  notAuthorized: () =>
    new Fault(
      'virtualNotAuthorized',
      { code: '0x80050263', status: 400 },
      'A token was obtained to call Finance and Operations, but the call was rejected by Finance and Operations as not authorized. Verify that the Microsoft Entra application value is specified in the Microsoft Entra application for in Finance and Operations, and that the associated user account has privileges to call the CDSVirtualEntity web service.',
    ),
  notLinked: () =>
    new Fault(
      'virtualNotLinked',
      { code: '0x80048d0b', status: 400 },
      "Dataverse instance isn't integrated with finance and operations.",
    ),
  locked: () =>
    new Fault(
      'virtualLocked',
      { code: '0x80071151', status: 400 },
      'Cannot start the requested operation [EntityCustomization] because there is another [EntityCustomization] running at this moment. Use Solution History for more details.',
    ),
  unsupported: (message: string) => new Fault('virtualUnsupported', { code: '0x80044822', status: 400 }, message),
  noEntity: (table: string) =>
    new Fault(
      'noEntity',
      { code: '0x80050263', status: 400 },
      `Virtual Entity Operation Failed. The data entity behind '${table}' is not there.`,
    ),
} as const;
