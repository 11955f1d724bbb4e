import type { EntityRow } from '../contract.ts';
import type { EntityStore } from '../entity-store.ts';
import { customerRuleTable } from '../entities/base-tables.ts';
import { refused } from '../faults.ts';

/** How the customer approval workflow answers a change of the limit through a data entity, by customer. */
export const creditLimitRejected = 'CreditLimitRejectChanges';
export const creditLimitProposed = 'CreditLimitCreateChangeProposal';

/**
 * A changed credit limit may be refused, or become a proposal while all other fields are written.
 *
 * @throws Fault with the infolog's words
 */
export function creditLimitAfterRules(
  key: EntityRow,
  before: EntityRow,
  values: EntityRow,
  store: EntityStore,
): EntityRow {
  const wanted = values['CreditLimit'];
  if (wanted === undefined || Number(wanted) === Number(before['CreditLimit'])) return values;
  const has = (Rule: string) => store.read(customerRuleTable, { ...key, Rule }) !== undefined;
  if (has(creditLimitRejected))
    throw refused(
      `The credit limit of customer ${String(key['CustomerAccount'])} cannot be changed because changes require approval.`,
    );
  if (!has(creditLimitProposed)) return values;
  const { CreditLimit: _proposed, ...written } = values;
  return written;
}
