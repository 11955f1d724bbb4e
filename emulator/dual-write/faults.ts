import { Fault } from '../kernel/index.ts';
import { limits } from './limits.ts';

const plugins = 'Microsoft.Dynamics.Integrator.DualWriteRuntime.Plugins';

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
      `An unexpected error occurred from ISV code. (ErrorType = ClientError) Unexpected exception from plug-in (Execute): ${plugins}.PostCommitPlugin: System.Exception: failed to process entity ${table} - (${reason})`,
    ),
  /** A row of the table says that dual-write runs, and was made in another organization. */
  copiedEnvironment: (madeIn: string, here: string) =>
    new Fault(
      'dualWriteCopiedEnvironment',
      { code: '0x80040224', status: 500 },
      `An unexpected error occurred from ISV code. (ErrorType = ClientError) Unexpected exception from plug-in (Execute): ${plugins}.PreCommmitPlugin: System.Exception: SecureConfig Organization (${madeIn}) does not match actual CRM Organization (${here}).`,
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
  /** Nothing could be made to send; the answer of the framework as it is shown. */
  noPayload: (entity: string, logDateTime: string, reason: string) =>
    new Fault(
      'dualWriteNoPayload',
      { code: '', status: 400 },
      JSON.stringify({
        entityName: entity,
        executionStatus: 2,
        fieldResponses: [],
        recordResponses: [
          {
            errorMessage: `Unable to generate payload for entity ${entity}`,
            logDateTime,
            verboseError: `Payload creation failed with error ${reason}`,
          },
        ],
        isErrorCountUpdated: true,
      }),
    ),
  /** The team rows of a company belong to may not have them. */
  owningTeamLacks: (team: string, privilege: string) =>
    new Fault(
      'owningTeamLacksPrivilege',
      { code: '0x80040220', status: 400 },
      `Principal team (Id=${team}, type=9) is missing ${privilege} privilege. Give a role with it to the default owning team of the company.`,
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
