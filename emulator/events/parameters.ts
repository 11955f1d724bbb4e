import type { Database } from '../storage/database.ts';
import { faults } from './faults.ts';

/** *Business events parameters*. Zero in the first four stops everything, as on the platform. */
export interface EventParameters {
  readonly retryCount: number;
  readonly waitBetweenRetriesMs: number;
  readonly endpointsPerEvent: number;
  /** Events one thread takes at once. */
  readonly bundleSize: number;
  readonly processingThreads: number;
}

/** Decided: bundle size and threads; the other three are the documented defaults. */
export const defaultParameters: EventParameters = {
  retryCount: 3,
  waitBetweenRetriesMs: 1000,
  endpointsPerEvent: 10,
  bundleSize: 100,
  processingThreads: 1,
};

const mostThreads = 4;

export interface ParameterStore {
  get(): EventParameters;
  /** @throws Fault for an unknown name, or a value that is no whole number in its range */
  set(changes: Readonly<Record<string, unknown>>): EventParameters;
}

export function createParameters(database: Database): ParameterStore {
  database.exec(
    'create table if not exists "emulator$event_parameters" (name text primary key, value integer not null) without rowid',
  );
  const get = (): EventParameters => ({
    ...defaultParameters,
    ...Object.fromEntries(
      database
        .all('select name, value from "emulator$event_parameters"')
        .map(({ name, value }) => [String(name), Number(value)]),
    ),
  });
  let present = get();
  return {
    get: () => present,
    set(changes) {
      for (const [name, value] of Object.entries(changes)) {
        if (!(name in defaultParameters))
          throw faults.badParameter(`'${name}' is none of ${Object.keys(defaultParameters).join(', ')}.`);
        if (!Number.isInteger(value) || Number(value) < 0) throw faults.badParameter(`'${name}' is a whole number.`);
        if (name === 'processingThreads' && Number(value) > mostThreads)
          throw faults.badParameter(`'processingThreads' is ${mostThreads} at most.`);
      }
      for (const [name, value] of Object.entries(changes))
        database.run('insert or replace into "emulator$event_parameters" values (?, ?)', [name, Number(value)]);
      present = get();
      return present;
    },
  };
}
