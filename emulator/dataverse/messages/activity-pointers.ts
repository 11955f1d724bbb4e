import type { Row } from '../../query/index.ts';
import { deleteRow, existsRow, insertRow, updateRow, type Database, type Shapes } from '../../storage/index.ts';
import type { MessageCall, Step } from '../contract.ts';
import { faults } from '../faults.ts';
import { activityPointers, isActivity } from '../metadata/activities.ts';
import type { MetadataCatalogue } from '../metadata/model.ts';

interface Surroundings {
  readonly database: Database;
  readonly shapes: Shapes;
  readonly metadata: MetadataCatalogue;
}

/**
 * Every activity is seen twice: as a row of its own table, and, under the same key, as an activity. What is common to all
 * of them is kept equal here, so that a query over `activitypointers` finds each.
 *
 * Decided: the copy raises no messages of its own. Activities are not written through `activitypointers`.
 */
export function activitySteps(around: Surroundings): Step[] {
  const run = (call: MessageCall) => Promise.resolve(copy(call, around));
  const names = { name: 'Dataverse.ActivityPointer', rank: 0 };
  return [
    { ...names, message: 'Create', stage: 20, run: async (call) => stateType(call) },
    { ...names, message: 'Create', stage: 40, run },
    { ...names, message: 'Update', stage: 40, run },
    { ...names, message: 'Delete', stage: 40, run },
    ...['Create', 'Update', 'Delete'].map((message): Step => ({
      ...names,
      message,
      table: activityPointers,
      stage: 10,
      run: async () => {
        throw faults.messageNotSupported(message, activityPointers);
      },
    })),
  ];
}

const isKind = ({ table }: MessageCall) => isActivity(table) && table.logicalName !== activityPointers;

function stateType(call: MessageCall): void {
  if (isKind(call)) call.target['activitytypecode'] = call.table.logicalName;
}

function copy(call: MessageCall, { database, shapes, metadata }: Surroundings): void {
  const table = metadata.table(activityPointers);
  if (!isKind(call) || table === undefined) return;
  const key = { activityid: call.id };
  if (call.after === undefined) return void deleteRow(database, shapes(activityPointers), key);
  const row: Row = Object.fromEntries(Object.entries(call.after).filter(([name]) => table.columns.has(name)));
  row['statuscode'] = statusOf(call.after, table.columns.get('statecode')?.choice?.options ?? []);
  if (existsRow(database, shapes(activityPointers), key)) updateRow(database, shapes(activityPointers), key, row);
  else insertRow(database, shapes(activityPointers), row);
}

/** Each kind has its own status reasons; of an activity there is one for each state. */
const statusOf = (row: Row, states: readonly { value: number; defaultStatus: number | undefined }[]) =>
  states.find((one) => one.value === row['statecode'])?.defaultStatus ?? null;
