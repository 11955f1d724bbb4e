import type { EntityRow } from '../contract.ts';
import { workItemTable } from '../entities/base-tables.ts';
import { noDate } from '../entities/entity.ts';
import type { EntityStore } from '../entity-store.ts';
import { refused } from '../faults.ts';
import type { UnitOfWork } from '../unit-of-work.ts';

const workflow = 'Workflow_CustTableChangeProposal_000001';
const documentOf = (account: unknown) => `Proposed change of customer ${String(account)}`;

/** Responses to a work item, and whether they approve. */
const responses: Readonly<Record<string, boolean>> = { Approve: true, Reject: false };

/**
 * Starts the workflow *Proposed customer change workflow* for a proposal: its one approval has one work item, which waits.
 *
 * Decided: the work item is assigned to nobody; whoever may write customers responds to it.
 */
export function startWorkflow(proposalId: string, key: EntityRow, store: EntityStore, work: UnitOfWork): void {
  const company = String(key['dataAreaId']);
  const document = documentOf(key['CustomerAccount']);
  const [Id, CorrelationId] = [store.newGuid(), store.newGuid()];
  work.touch('WorkflowWorkItemEntity', { Id });
  store.insert(workItemTable, {
    Id,
    CorrelationId,
    CompanyId: company,
    Context: proposalId,
    Description: document,
    Subject: document,
    UserId: '',
    WorkflowWorkItemName: 'Approval',
    Status: 'Pending',
    IsClaimed: 'No',
    IsRead: 'No',
    DueDateTime: noDate,
  });
  const shared = { LegalEntity: company.toUpperCase(), WorkflowDocument: document, WorkflowInstanceId: CorrelationId };
  work.raise(workflow, company, { ...shared, Status: 'Submitted' });
  work.raise(`${workflow}_Approval_Started`, company, { ...shared, WorkflowElementInstanceId: store.newGuid() });
  work.raise(`${workflow}_Approval_WorkItem`, company, {
    ...shared,
    ResponseOptions: Object.keys(responses).join(','),
    WorkflowStepInstruction: '',
    WorkflowUserEmail: '',
    WorkflowWorkItemInstanceId: Id,
    WorkflowWorkItemSubject: document,
  });
}

/** Ends it: the work item waits no more. */
export function endWorkflow(
  proposalId: string,
  Status: 'Completed' | 'Returned' | 'Canceled',
  key: EntityRow,
  store: EntityStore,
  work: UnitOfWork,
): void {
  const company = String(key['dataAreaId']);
  const item = store.find(workItemTable, { Context: proposalId })[0]!;
  work.touch('WorkflowWorkItemEntity', { Id: item['Id']! });
  store.update(workItemTable, item, { Status: 'Completed' });
  work.raise(workflow, company, {
    LegalEntity: company.toUpperCase(),
    Status,
    WorkflowDocument: documentOf(key['CustomerAccount']),
    WorkflowInstanceId: String(item['CorrelationId']),
  });
}

/** Whether a work item waits for a response. */
export const isPending = (id: string, store: EntityStore): boolean => pending(id, store) !== undefined;

/** @throws Fault when it does not wait for a response, or is not there */
export function requirePending(id: string, store: EntityStore): EntityRow {
  const item = pending(id, store);
  if (item !== undefined) return item;
  throw refused(`The work item '${id}' does not wait for a response.`);
}

const pending = (id: string, store: EntityStore) => {
  const item = store.read(workItemTable, { Id: id.toLowerCase() });
  return item?.['Status'] === 'Pending' ? item : undefined;
};

/** @throws Fault for an outcome that is no response to the work item */
export function responseOf(outcome: string): boolean {
  const known = Object.keys(responses).find((one) => one.toLowerCase() === outcome.toLowerCase());
  if (known !== undefined) return responses[known]!;
  throw refused(`The outcome '${outcome}' is none of the responses ${Object.keys(responses).join(', ')}.`);
}
