import { Fault } from '../kernel/index.ts';
import { limits } from './limits.ts';

const plugin = 'Microsoft.Dynamics.Integrator.DualWriteRuntime.Plugins.PostCommitPlugin';

/** What a save says when the other side does not take it; wording as documented. */
export const faults = {
  refusedByFinanceOperations: (label: string, message: string) =>
    new Fault(
      'dualWriteRefused',
      { code: '0x80040265', status: 400 },
      JSON.stringify({ RecordError0: `Write failed for entity ${label} with unknown exception - ${message}` }),
    ),
  unreachable: (table: string, reason: string) =>
    new Fault(
      'dualWriteUnreachable',
      { code: '0x80040224', status: 500 },
      `An unexpected error occurred from ISV code. (ErrorType = ClientError) Unexpected exception from plug-in (Execute): ${plugin}: System.Exception: failed to process entity ${table} - (${reason})`,
    ),
  payloadTooLarge: () =>
    new Fault(
      'dualWritePayloadTooLarge',
      { code: '0x80040216', status: 400 },
      'Message size exceeded when sending context to Sandbox.',
    ),
  refusedByDataverse: (set: string, entity: string, message: string) =>
    new Fault(
      'dualWriteRefused',
      { code: '', status: 400 },
      `Cannot save the changes to the database. Unit of Work can not commit transaction. Unable to write data to entity ${set}. Writes to ${entity} failed with error message ${message}`,
    ),
  /** Words on our own: none are published for a pause that has reached one of its limits. */
  pauseExhausted: (map: string, limit: string) =>
    new Fault(
      'dualWriteRefused',
      { code: '0x80040265', status: 400 },
      `The table map '${map}' is paused and takes no more changes: ${limit}. Resume the table map.`,
    ),
  unknownMap: (name: string) =>
    new Fault('unknownMap', { code: 'NotFound', status: 404 }, `There is no table map '${name}'.`),
  unknownVerb: (verb: string, verbs: readonly string[]) =>
    new Fault(
      'unknownVerb',
      { code: 'BadRequest', status: 400 },
      `A table map takes ${verbs.join(', ')}, not '${verb}'.`,
    ),
  badParameter: (what: string) => new Fault('badDualWriteCall', { code: 'BadRequest', status: 400 }, what),
  wrongState: (map: string, status: string, verb: string, instead: string) =>
    new Fault(
      'wrongMapState',
      { code: 'WrongState', status: 409 },
      `The table map '${map}' is ${status}: '${verb}' cannot be done. ${instead}`,
    ),
  invalidMap: (map: string, problems: readonly string[]) =>
    new Fault(
      'invalidMap',
      { code: 'InvalidTableMap', status: 400 },
      `The table map '${map}' cannot run: ${problems.join(' ')}`,
      { problems },
    ),
  tooManyLegalEntities: (count: number) =>
    new Fault(
      'tooManyLegalEntities',
      { code: 'TooManyLegalEntities', status: 400 },
      `Initial sync takes ${limits.legalEntitiesPerInitialWrite} legal entities, not ${count}. Name fewer of them.`,
    ),
} as const;
