import type { ColumnValue } from '../../query/index.ts';
import type { MessageCall, Step } from '../contract.ts';

const parts = ['firstname', 'lastname'];

/** Tables of people; their full name is made by the platform and cannot be written. */
const people = ['contact', 'lead', 'systemuser'];

/**
 * Makes the full name of a person whose names are written.
 *
 * Decided: the organisation's convention (`fullnameconventioncode`) is the first: first name, last name.
 */
export const fullNameSteps: readonly Step[] = people.flatMap((table) =>
  ['Create', 'Update'].map((message): Step => ({
    name: 'Dataverse.FullName',
    table,
    message,
    stage: 20,
    filteringColumns: parts,
    run: async (call) => {
      const names = nameParts(call);
      if (names !== undefined) call.target['fullname'] = fullName(names);
    },
  })),
);

function nameParts({ table, target, before }: MessageCall): ColumnValue[] | undefined {
  if (!table.columns.has('fullname') || !parts.some((name) => name in target)) return undefined;
  return parts.map((name) => (name in target ? target[name]! : (before?.[name] ?? null)));
}

const fullName = (names: readonly ColumnValue[]) =>
  names.filter((name) => name !== null && name !== '').join(' ') || null;
