import { creditGroupLines, creditGroups, temporaryCreditLimits } from '../entities/credit-entities.ts';
import { customerRuleTable } from '../entities/base-tables.ts';
import { noDate } from '../entities/entity.ts';
import { enums } from '../enums.ts';
import { accountingCurrency, day } from '../receivables/amounts.ts';
import { adjustLimit } from '../receivables/credit.ts';
import { creditLimitProposed, creditLimitRejected, decideProposals } from '../rules/change-proposals.ts';
import { customerKey, ofCustomer, type Command, type CommandCall } from './command.ts';

const limit = { name: 'limit', label: 'Credit limit', kind: 'amount', isRequired: true } as const;

const setRule = (Rule: string) => (call: CommandCall) => {
  const row = { ...customerKey(call), Rule };
  if (call.store.read(customerRuleTable, row) === undefined) call.store.insert(customerRuleTable, row);
};

const clearRule =
  (...rules: string[]) =>
  (call: CommandCall) => {
    const key = customerKey(call);
    for (const Rule of rules) call.store.remove(customerRuleTable, { ...key, Rule });
  };

const decide = (isApproved: boolean) => (call: CommandCall) => ({
  decided: decideProposals(customerKey(call), isApproved, call.values.optional('field'), call.store, call.work),
});

const field = {
  name: 'field',
  label: 'Field (none: all)',
  kind: 'choice',
  choices: enums['CustTableChangeProposalField']!,
} as const;

export const creditCommands: readonly Command[] = [
  {
    name: 'adjust-credit-limit',
    label: 'Post a credit limit adjustment',
    parameters: [...ofCustomer, limit],
    run(call) {
      const { dataAreaId, CustomerAccount } = customerKey(call);
      const given = { company: dataAreaId, account: CustomerAccount, limit: call.values.number('limit') };
      adjustLimit(given, call.store, call.work);
    },
  },
  {
    name: 'set-temporary-credit-limit',
    label: 'Give a temporary credit limit',
    parameters: [
      ...ofCustomer,
      limit,
      { name: 'from', label: 'From', kind: 'date', isRequired: true },
      { name: 'to', label: 'To', kind: 'date', isRequired: true },
    ],
    run(call) {
      const { dataAreaId, CustomerAccount } = customerKey(call);
      const row = {
        CustAccount: CustomerAccount,
        CustAccountDataArea: dataAreaId,
        CreditLimitId: '',
        FromDate: day(call.values.text('from')),
        ToDate: day(call.values.text('to')),
        CreditMax: call.values.number('limit'),
      };
      temporaryCreditLimits.writer.insert!(row, call.store, call.work);
    },
  },
  {
    name: 'set-credit-group',
    label: 'Put a customer into a credit group',
    parameters: [
      ...ofCustomer,
      { name: 'group', label: 'Credit group', kind: 'text', isRequired: true },
      { ...limit, label: 'Limit of the group (none: as it is)', isRequired: false },
      { name: 'description', label: 'Description', kind: 'text' },
      { name: 'expires', label: 'Expires on', kind: 'date' },
    ],
    run: setCreditGroup,
  },
  {
    name: 'approve-change-proposal',
    label: 'Approve a proposed change of a customer',
    parameters: [...ofCustomer, field],
    run: decide(true),
  },
  {
    name: 'reject-change-proposal',
    label: 'Reject a proposed change of a customer',
    parameters: [...ofCustomer, field],
    run: decide(false),
  },
  {
    name: 'refuse-credit-limit',
    label: 'Refuse changes of the credit limit',
    parameters: ofCustomer,
    run(call) {
      clearRule(creditLimitProposed)(call);
      setRule(creditLimitRejected)(call);
    },
  },
  {
    name: 'propose-credit-limit',
    label: 'Make changes of the credit limit proposals',
    parameters: ofCustomer,
    run(call) {
      clearRule(creditLimitRejected)(call);
      setRule(creditLimitProposed)(call);
    },
  },
  {
    name: 'allow-credit-limit',
    label: 'Allow changes of the credit limit',
    parameters: ofCustomer,
    run: clearRule(creditLimitRejected, creditLimitProposed),
  },
];

/** The group is made when there is none; a customer is in one group at most. */
function setCreditGroup(call: CommandCall): void {
  const { values, store, work } = call;
  const { dataAreaId, CustomerAccount } = customerKey(call);
  const key = { CreditLimitId: values.text('group') };
  const before = store.read(creditGroups.shape, key);
  const given = {
    ...(values.has('limit') ? { CreditMax: values.number('limit') } : {}),
    ...(values.has('description') ? { Description: values.text('description') } : {}),
    ...(values.has('expires') ? { ExpiryDate: day(values.text('expires')) } : {}),
  };
  if (before === undefined) {
    const fresh = { ExpiryDate: noDate, CurrencyCode: accountingCurrency(store, dataAreaId) };
    creditGroups.writer.insert!({ ...key, ...fresh, ...given }, store, work);
  } else if (Object.keys(given).length > 0) creditGroups.writer.update!(before, given, store, work);
  const line = { Company: dataAreaId, CustAccount: CustomerAccount };
  const there = store.read(creditGroupLines.shape, line);
  if (there === undefined) creditGroupLines.writer.insert!({ ...line, ...key }, store, work);
  else creditGroupLines.writer.update!(there, key, store, work);
}
