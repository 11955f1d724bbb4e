import type { ReadingState } from '../shared/reading';
import type { Comparison } from './model';
import type { Verdict } from './SyncStatus';
import type { Text } from './texts';

/** What the control is set up with and on. */
export interface Setup {
  readonly accountNumber: string;
  readonly hasCompany: boolean;
  readonly hasPairs: boolean;
  readonly unreadable: readonly string[];
}

/** Why there is nothing to compare; undefined when there is. */
export function obstacleOf(setup: Setup, text: Text): Verdict | undefined {
  if (setup.unreadable.length > 0) return { kind: 'error', text: text('Unreadable', setup.unreadable.join('; ')) };
  if (!setup.hasPairs) return { kind: 'error', text: text('NoColumns') };
  if (!setup.hasCompany) return { kind: 'info', text: text('NoCompany') };
  if (setup.accountNumber === '') return { kind: 'info', text: text('NoAccountNumber') };
  return undefined;
}

export function verdictOf({ accountNumber }: Setup, state: ReadingState<Comparison>, text: Text): Verdict {
  if (state.status === 'failed')
    return state.failure.kind === 'noPermission'
      ? { kind: 'warning', text: text('NoPermission') }
      : { kind: 'error', text: text('Failed', state.failure.message) };
  if (state.value === undefined) return { kind: 'reading', text: text('Reading') };
  if (state.value.outcome !== 'compared')
    return {
      kind: 'info',
      text:
        state.value.outcome === 'notHere' ? text('NotHere') : text('NotThere', accountNumber, state.value.companyCode),
    };
  const count = state.value.pairs.filter((pair) => !pair.isSame).length;
  if (count === 0) return { kind: 'inStep', text: text('InStep') };
  return { kind: 'differs', text: count === 1 ? text('DiffersInOne') : text('DiffersInMany', String(count)) };
}
