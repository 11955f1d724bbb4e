import type { TableMetadata } from '../metadata/model.ts';

/**
 * Whether a row may go from one status to another: always, unless the table enforces transitions and its status names
 * where it leads.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/define-custom-state-model-transitions
 */
export function isAllowedTransition(table: TableMetadata, from: number, to: number): boolean {
  if (table.enforcesTransitions !== true || from === to) return true;
  const option = table.columns.get('statuscode')?.choice?.options.find((one) => one.value === from);
  return option?.transitions?.includes(to) ?? false;
}
