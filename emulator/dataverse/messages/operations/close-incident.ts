import type { Lookup, Row } from '../../../query/index.ts';
import { countRows } from '../../../storage/index.ts';
import type { MessageCall, Step } from '../../contract.ts';
import { faults } from '../../faults.ts';
import type { Operation, OperationPlatform, RowValue } from './operation.ts';

const active = 0;
const resolved = 1;

/** Shared variable that lets a case become resolved. */
const closing = 'CloseIncident';

/**
 * Resolves a case: its resolution becomes a completed activity, and the case takes the status.
 *
 * Decided: a case that is not active, and one with open activities, is refused with InvalidState; -1 takes the default status.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/webapi/reference/closeincident
 */
export const closeIncident: Operation = {
  name: 'CloseIncident',
  isFunction: false,
  parameters: [
    { name: 'IncidentResolution', type: 'entity', table: 'incidentresolution' },
    { name: 'Status', type: 'integer' },
  ],
  results: [],
  async run(call, platform) {
    const { row } = call.input['IncidentResolution'] as RowValue;
    const incident = row['incidentid'] as Lookup | null | undefined;
    if (incident === undefined || incident === null)
      throw faults.invalidArgument("Invalid Argument: 'IncidentResolution' names no case in 'incidentid'.");
    const status = statusFor(Number(call.input['Status']), platform);
    await requireClosable(incident, call, platform);
    await platform.organization.create('incidentresolution', resolutionOf(row, platform), call.caller);
    call.shared.set(closing, incident.id);
    await platform.organization.update(
      'incident',
      incident.id,
      { statecode: resolved, statuscode: status },
      call.caller,
    );
    return {};
  },
};

function statusFor(asked: number, { metadata }: OperationPlatform): number {
  const { columns } = metadata.table('incident')!;
  const preset = columns.get('statecode')!.choice!.options.find((one) => one.value === resolved)!.defaultStatus!;
  const status = asked === -1 ? preset : asked;
  const statuses = columns.get('statuscode')!.choice!.options;
  if (!statuses.some((one) => one.value === status && one.state === resolved))
    throw faults.invalidStatus(status, 'IncidentState.Resolved', 'incident');
  return status;
}

async function requireClosable(incident: Lookup, { caller }: MessageCall, platform: OperationPlatform): Promise<void> {
  const { organization, database, shapes } = platform;
  const row = await organization.retrieve('incident', incident.id, ['statecode'], caller);
  if (row === undefined) throw faults.rowNotFound('Incident', incident.id);
  if (row['statecode'] !== active)
    throw faults.invalidState(`The case with id ${incident.id} is not active and cannot be resolved.`);
  const open = countRows(
    database,
    {
      table: 'activitypointer',
      columns: [],
      joins: [],
      order: [],
      filter: {
        kind: 'all',
        of: [
          { kind: 'compare', left: { column: 'regardingobjectid' }, operator: 'eq', right: incident },
          { kind: 'in', left: { column: 'statecode' }, values: [0, 3] },
        ],
      },
    },
    shapes,
    1,
  );
  if (open > 0)
    throw faults.invalidState(
      `The case with id ${incident.id} has open activities. Complete or cancel them before resolving the case.`,
    );
}

/** A resolution is written as completed: nobody works on it any more. */
function resolutionOf(row: Row, { clock }: OperationPlatform): Row {
  const now = `${clock.now().toISOString().slice(0, 19)}Z`;
  const minutes = row['timespent'] ?? null;
  return { actualend: now, ...row, actualdurationminutes: minutes, statecode: 1, statuscode: 2 };
}

/** A case is resolved through its message only, so that there is a resolution for each. */
export const resolvedByMessageOnly: Step = {
  name: 'Dataverse.ResolveCase',
  message: 'Update',
  table: 'incident',
  stage: 10,
  filteringColumns: ['statecode'],
  async run({ target, shared, id }) {
    if (target['statecode'] !== resolved || shared.get(closing) === id) return;
    throw faults.resolvedByMessage();
  },
};
