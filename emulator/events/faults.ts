import { Fault } from '../kernel/index.ts';

/** What the administration of events refuses, besides what their set-up in finance and operations does. */
export const faults = {
  badChange: (message: string) => new Fault('badChange', { code: 'BadChange', status: 400 }, message),
  noQueue: (name: string) =>
    new Fault('noQueue', { code: 'NoQueue', status: 404 }, `No endpoint sends to a queue '${name}'.`),
} as const;
