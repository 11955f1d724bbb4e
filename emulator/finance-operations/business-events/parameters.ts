import type { EntityStore } from '../entity-store.ts';
import { parameterTable } from './tables.ts';
import { faults } from './faults.ts';

/** *Business events parameters*. Zero in the first four stops everything, as on the platform. */
export interface EventParameters {
  readonly retryCount: number;
  readonly waitBetweenRetriesMs: number;
  readonly endpointsPerEvent: number;
  /** Events one thread takes at once. */
  readonly bundleSize: number;
  readonly processingThreads: number;
  /** How long an HTTPS endpoint has to answer; 0 is the default, 10 seconds. */
  readonly httpTimeoutMs: number;
  /** *Send object in Event Grid data field*: 1 sends the payload as an object, 0 as a JSON text. */
  readonly eventGridDataIsObject: number;
}

/** Decided: bundle size and threads; the others are the documented defaults. */
export const defaultParameters: EventParameters = {
  retryCount: 3,
  waitBetweenRetriesMs: 1000,
  endpointsPerEvent: 10,
  bundleSize: 100,
  processingThreads: 1,
  httpTimeoutMs: 0,
  eventGridDataIsObject: 0,
};

const most: Readonly<Record<string, number>> = { processingThreads: 4, eventGridDataIsObject: 1 };

export const readParameters = (store: EntityStore): EventParameters => ({
  ...defaultParameters,
  ...Object.fromEntries(store.find(parameterTable, {}).map((row) => [String(row['Name']), Number(row['Value'])])),
});

/** @throws Fault for an unknown name, or a value that is no whole number in its range */
export function writeParameters(changes: Readonly<Record<string, unknown>>, store: EntityStore): void {
  for (const [name, value] of Object.entries(changes)) {
    if (!(name in defaultParameters))
      throw faults.badParameter(`'${name}' is none of ${Object.keys(defaultParameters).join(', ')}.`);
    if (!Number.isInteger(value) || Number(value) < 0) throw faults.badParameter(`'${name}' is a whole number.`);
    if (Number(value) > (most[name] ?? Number.MAX_SAFE_INTEGER))
      throw faults.badParameter(`'${name}' is ${most[name]} at most.`);
  }
  for (const [name, value] of Object.entries(changes)) {
    const key = { Name: name };
    if (store.read(parameterTable, key) === undefined) store.insert(parameterTable, { ...key, Value: Number(value) });
    else store.update(parameterTable, key, { Value: Number(value) });
  }
}
