import { Fault } from '../kernel/index.ts';

/** What the messages of the provisioning app refuse. Decided: the words. */
export const faults = {
  notLinked: () =>
    new Fault(
      'provisioningNotLinked',
      { code: '0x80048d0b', status: 400 },
      "Dataverse instance isn't integrated with finance and operations.",
    ),
  unknownVersion: (payload: string, known: readonly string[]) =>
    new Fault(
      'unknownVersion',
      { code: '0x80040265', status: 400 },
      `'${payload}' names no version to update to. Give ApplicationVersion=<version>, one of ${known.join(', ') || 'none'}.`,
    ),
  underWay: (name: string) =>
    new Fault(
      'operationUnderWay',
      { code: '0x80040265', status: 400 },
      `The operation '${name}' is under way. Wait until it has ended.`,
    ),
} as const;
