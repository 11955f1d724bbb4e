import type { ChangeProposal, EntityRow } from '../contract.ts';
import { changeProposalFields, customerParameters } from '../entities/credit-entities.ts';
import { customerRuleTable, partyTable } from '../entities/base-tables.ts';
import { customerTable, partyFields } from '../entities/customer-table.ts';
import { noDate } from '../entities/entity.ts';
import { changeProposalTable } from '../entities/ledger-tables.ts';
import type { EntityStore } from '../entity-store.ts';
import { refused } from '../faults.ts';
import { limitValues } from '../receivables/credit.ts';
import type { UnitOfWork } from '../unit-of-work.ts';
import { endWorkflow, requirePending, responseOf, startWorkflow } from './change-proposal-workflow.ts';

/**
 * Differs: on the platform the behaviour is one of a company. A customer may have one of its own here, so that a customer that
 * refuses and one that proposes can stand beside one that is written.
 */
export const creditLimitRejected = 'CreditLimitRejectChanges';
export const creditLimitProposed = 'CreditLimitCreateChangeProposal';

/** Symbol of `CustTableChangeProposalField` → field of CustomersV3. */
const proposable: Readonly<Record<string, string>> = {
  Name: 'OrganizationName',
  CreditMax: 'CreditLimit',
  TaxGroup: 'SalesTaxGroup',
  MethodOfPayment: 'PaymentMethod',
  PaymentSpecification: 'PaymentSpecification',
  CustomerGroup: 'CustomerGroupId',
  TaxExemptNumber: 'TaxExemptNumber',
  BankAccount: 'PaymentBankAccount',
  CashDisc: 'PaymentCashDiscount',
  CreditRating: 'CreditRating',
  PaymTermId: 'PaymentTerms',
  MandatoryCreditLimit: 'CreditLimitIsMandatory',
  CashDiscBaseDays: 'PaymentTermsBaseDays',
  CustExcludeInterestCharges: 'IsExcludedFromInterestChargeCalculation',
  CustExcludeCollectionFees: 'IsExcludedFromCollectionFeeCalculation',
  InvoiceAccount: 'InvoiceAccount',
};

interface Gate {
  readonly behavior: 'AllowWithoutApproval' | 'RejectChanges' | 'CreateChangeProposal';
  /** Symbols of the fields that need approval. */
  readonly fields: readonly string[];
}

const open: Gate = { behavior: 'AllowWithoutApproval', fields: [] };

function gateOf(key: EntityRow, store: EntityStore): Gate {
  const has = (Rule: string) => store.read(customerRuleTable, { ...key, Rule }, ['Rule']) !== undefined;
  if (has(creditLimitRejected)) return { behavior: 'RejectChanges', fields: ['CreditMax'] };
  if (has(creditLimitProposed)) return { behavior: 'CreateChangeProposal', fields: ['CreditMax'] };
  const dataAreaId = String(key['dataAreaId']);
  const columns = ['ChangeProposalIsEnabled', 'ChangeProposalDataEntityBehavior'];
  const parameters = store.read(customerParameters.shape, { dataAreaId }, columns);
  if (parameters?.['ChangeProposalIsEnabled'] !== 'Yes') return open;
  const enabled = store.find(changeProposalFields.shape, { dataAreaId, IsEnabled: 'Yes' });
  return {
    behavior: parameters['ChangeProposalDataEntityBehavior'] as Gate['behavior'],
    fields: enabled.map((row) => String(row['Field'])),
  };
}

/**
 * The customer approval workflow: a changed field that needs approval is refused, or becomes a proposal while all other fields are written.
 *
 * @returns what is written
 * @throws Fault with the infolog's words
 */
export function withoutProposed(
  key: EntityRow,
  before: EntityRow,
  values: EntityRow,
  store: EntityStore,
  work: UnitOfWork,
): EntityRow {
  const { behavior, fields } = gateOf(key, store);
  if (behavior === 'AllowWithoutApproval') return values;
  const changed = fields.filter((field) => {
    const value = values[proposable[field] ?? ''];
    return value !== undefined && String(value ?? '') !== String(before[proposable[field]!] ?? '');
  });
  if (changed.length === 0) return values;
  if (behavior === 'RejectChanges')
    throw refused(
      `The ${labels[changed[0]!] ?? 'value'} of customer ${String(key['CustomerAccount'])} cannot be changed because changes require approval.`,
    );
  const written = { ...values };
  for (const field of changed) {
    const name = proposable[field]!;
    propose({ key, field, name, old: before[name] ?? '', wanted: values[name] ?? '' }, store, work);
    delete (written as Record<string, unknown>)[name];
  }
  return written;
}

const labels: Readonly<Record<string, string>> = {
  CreditMax: 'credit limit',
  Name: 'name',
  CustomerGroup: 'customer group',
};

interface Proposal {
  readonly key: EntityRow;
  readonly field: string;
  readonly name: string;
  readonly old: string | number;
  readonly wanted: string | number;
}

/** A field has one proposal at most: a newer one takes the place of the one that waits. */
function propose({ key, field, name, old, wanted }: Proposal, store: EntityStore, work: UnitOfWork): void {
  const waiting = store.find(changeProposalTable, {
    dataAreaId: String(key['dataAreaId']),
    AccountNum: String(key['CustomerAccount']),
    Field: field,
    State: 'Submitted',
  })[0];
  if (waiting !== undefined && waiting['NewValue'] === String(wanted)) return;
  if (waiting !== undefined) {
    store.update(changeProposalTable, waiting, { State: 'Rejected', DecidedOn: store.now() });
    endWorkflow(String(waiting['ProposalId']), 'Canceled', key, store, work);
  }
  const ProposalId = store.nextNumber('ChangeProposal', 'CP-');
  store.insert(changeProposalTable, {
    ProposalId,
    dataAreaId: key['dataAreaId']!,
    AccountNum: key['CustomerAccount']!,
    Field: field,
    FieldName: name,
    OldValue: String(old),
    NewValue: String(wanted),
    State: 'Submitted',
    CreatedBy: work.user ?? '',
    CreatedOn: store.now(),
    DecidedBy: '',
    DecidedOn: noDate,
  });
  startWorkflow(ProposalId, key, store, work);
}

/** Proposals that wait, the oldest first. */
export const waitingProposals = (store: EntityStore): ChangeProposal[] =>
  store.find(changeProposalTable, { State: 'Submitted' }).map((row) => ({
    id: String(row['ProposalId']),
    company: String(row['dataAreaId']),
    customerAccount: String(row['AccountNum']),
    field: String(row['Field']),
    oldValue: String(row['OldValue']),
    newValue: String(row['NewValue']),
    state: String(row['State']),
    createdOn: String(row['CreatedOn']),
  }));

/** A customer is not deleted while a workflow has it (validateDelete). @throws Fault with the infolog's words */
export function requireNoProposal(key: EntityRow, store: EntityStore): void {
  const of = { dataAreaId: String(key['dataAreaId']), AccountNum: String(key['CustomerAccount']), State: 'Submitted' };
  if (store.find(changeProposalTable, of).length > 0)
    throw refused(`Customer ${of.AccountNum} has proposed changes that wait for approval and cannot be deleted.`);
}

/** Approves or rejects the proposals of a customer that wait. @throws Fault when none does */
export function decideProposals(
  key: EntityRow,
  isApproved: boolean,
  field: string | undefined,
  store: EntityStore,
  work: UnitOfWork,
): number {
  const company = String(key['dataAreaId']);
  const account = String(key['CustomerAccount']);
  const waiting = store
    .find(changeProposalTable, { dataAreaId: company, AccountNum: account, State: 'Submitted' })
    .filter((row) => field === undefined || row['Field'] === field);
  if (waiting.length === 0) throw refused(`Customer ${account} has no proposed change that waits for approval.`);
  for (const proposal of waiting) decide(proposal, isApproved, store, work);
  return waiting.length;
}

/** Responds to the work item of a proposal. @throws Fault when it does not wait for a response, or has no such outcome */
export function completeWorkItem(id: string, outcome: string, store: EntityStore, work: UnitOfWork): void {
  const item = requirePending(id, store);
  const isApproved = responseOf(outcome);
  const proposal = store.read(changeProposalTable, { ProposalId: item['Context']! })!;
  decide(proposal, isApproved, store, work);
}

function decide(proposal: EntityRow, isApproved: boolean, store: EntityStore, work: UnitOfWork): void {
  const key = { dataAreaId: proposal['dataAreaId']!, CustomerAccount: proposal['AccountNum']! };
  if (isApproved) apply(proposal, key, store, work);
  store.update(changeProposalTable, proposal, {
    State: isApproved ? 'Approved' : 'Rejected',
    DecidedBy: work.user ?? '',
    DecidedOn: store.now(),
  });
  endWorkflow(String(proposal['ProposalId']), isApproved ? 'Completed' : 'Returned', key, store, work);
}

function apply(proposal: EntityRow, key: EntityRow, store: EntityStore, work: UnitOfWork): void {
  const name = String(proposal['FieldName']);
  const wanted = String(proposal['NewValue']);
  work.touch('CustCustomerV3Entity', key);
  const customer = store.read(customerTable, key)!;
  const party = partyFields[name];
  if (party !== undefined) {
    const PartyNumber = customer['PartyNumber']!;
    work.touch('DirPartyCDSEntity', { PartyNumber });
    store.update(partyTable, { PartyNumber }, { [party]: wanted });
    return;
  }
  const value = typeof customer[name] === 'number' ? Number(wanted) : wanted;
  const values = name === 'CreditLimit' ? limitValues(customer, Number(wanted), store) : { [name]: value };
  store.update(customerTable, key, values);
}
