import { Fault } from '../kernel/index.ts';

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
  refusedByDataverse: (set: string, entity: string, message: string) =>
    new Fault(
      'dualWriteRefused',
      { code: '', status: 400 },
      `Cannot save the changes to the database. Unit of Work can not commit transaction. Unable to write data to entity ${set}. Writes to ${entity} failed with error message ${message}`,
    ),
  unknownMap: (name: string) =>
    new Fault('unknownMap', { code: 'NotFound', status: 404 }, `There is no table map '${name}'.`),
  unknownVerb: (verb: string) =>
    new Fault(
      'unknownVerb',
      { code: 'BadRequest', status: 400 },
      `A table map takes start, stop and initial-write, not '${verb}'.`,
    ),
} as const;
