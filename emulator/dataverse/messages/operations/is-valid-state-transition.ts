import type { Lookup } from '../../../query/index.ts';
import { faults } from '../../faults.ts';
import type { ChoiceOption } from '../../metadata/model.ts';
import { isAllowedTransition } from '../state-transitions.ts';
import type { Operation } from './operation.ts';

/**
 * Whether a row may go from the state it is in to another.
 *
 * Decided: the new state is told by its invariant name or by its number; -1 as status is the default of that state.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/webapi/reference/isvalidstatetransition
 */
export const isValidStateTransition: Operation = {
  name: 'IsValidStateTransition',
  isFunction: true,
  parameters: [
    { name: 'Entity', type: 'entityReference' },
    { name: 'NewState', type: 'string' },
    { name: 'NewStatus', type: 'integer' },
  ],
  results: [{ name: 'IsValid', type: 'boolean' }],
  async run({ input, caller }, { metadata, organization }) {
    const { table: name, id } = input['Entity'] as Lookup;
    const table = metadata.table(name)!;
    const [states, statuses] = ['statecode', 'statuscode'].map((one) => table.columns.get(one)?.choice?.options);
    if (states === undefined || statuses === undefined)
      throw faults.messageNotSupported('IsValidStateTransition', name);
    const row = await organization.retrieve(name, id, ['statuscode'], caller);
    if (row === undefined) throw faults.rowNotFound(table.schemaName, id);
    const state = stateNamed(states, String(input['NewState']));
    const asked = Number(input['NewStatus']);
    const status = asked === -1 ? state?.defaultStatus : asked;
    const target = statuses.find((one) => one.value === status && one.state === state?.value);
    const IsValid = target !== undefined && isAllowedTransition(table, Number(row['statuscode']), target.value);
    return { IsValid };
  },
};

const stateNamed = (states: readonly ChoiceOption[], name: string) =>
  states.find(
    ({ value, invariantName }) => String(value) === name || invariantName?.toLowerCase() === name.toLowerCase(),
  );
