import type { EntityRow } from '../contract.ts';
import { creditParameters } from '../entities/credit-entities.ts';
import type { EntityStore } from '../entity-store.ts';
import { refused } from '../faults.ts';
import { limitValues } from '../receivables/credit.ts';

/**
 * A credit limit that is edited: credit management may not allow it, and its date moves.
 *
 * Decided: the data entity enforces *Allow manual editing of credit limits* as the form does; parameters that are not there allow it.
 *
 * @throws Fault with the infolog's words
 */
export function withCreditLimit(key: EntityRow, before: EntityRow, values: EntityRow, store: EntityStore): EntityRow {
  const wanted = values['CreditLimit'];
  if (wanted === undefined || Number(wanted) === Number(before['CreditLimit'])) return values;
  const parameters = store.read(creditParameters.shape, { dataAreaId: key['dataAreaId']! });
  if (parameters?.['CreditLimitAllowManualEditing'] === 'No')
    throw refused(
      `The credit limit of customer ${String(key['CustomerAccount'])} cannot be edited. Post a credit limit adjustment instead.`,
    );
  return { ...limitValues({ ...before, ...values }, Number(wanted), store), ...values };
}
