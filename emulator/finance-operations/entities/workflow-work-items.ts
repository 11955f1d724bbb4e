import { isPending } from '../rules/change-proposal-workflow.ts';
import { completeWorkItem } from '../rules/change-proposals.ts';
import { workItemTable } from './base-tables.ts';
import { defineEntity, readOnly, type EntityAction } from './entity.ts';

/**
 * What an approval flow does with a work item: looks whether it still waits, and responds to it.
 *
 * Decided: names and order of the parameters; the actions and what they do are published.
 *
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/business-events/business-events-workflow#completion-of-a-work-item-in-power-automate
 */
const actions: readonly EntityAction[] = [
  {
    name: 'validate',
    binding: 'set',
    parameters: [{ name: 'workflowWorkItemInstanceId', type: 'guid' }],
    returns: { type: 'boolean' },
    run: ({ values, store }) => isPending(String(values['workflowWorkItemInstanceId']), store),
  },
  {
    name: 'complete',
    binding: 'set',
    parameters: [
      { name: 'workflowWorkItemInstanceId', type: 'guid' },
      { name: 'outcome', type: 'string' },
      { name: 'comment', type: 'string' },
    ],
    run: ({ values, store, work }) =>
      completeWorkItem(String(values['workflowWorkItemInstanceId']), String(values['outcome']), store, work),
  },
];

/** Decided: AOT name, the two statuses, and the fields: those that a work item of ours has. */
export const workflowWorkItems = defineEntity({
  name: 'WorkflowWorkItemEntity',
  set: 'WorkflowWorkItems',
  label: 'Workflow work items',
  id: 0x2f01,
  key: ['Id'],
  fields: [
    { name: 'Id', type: 'guid' },
    { name: 'CorrelationId', type: 'guid' },
    ...['CompanyId', 'Context', 'Description', 'Subject', 'UserId', 'WorkflowWorkItemName'].map(
      (name) => ({ name, type: 'string' }) as const,
    ),
    { name: 'Status', type: 'enum', enumType: 'WorkflowWorkItemStatus' },
    { name: 'IsClaimed', type: 'enum', enumType: 'NoYes' },
    { name: 'IsRead', type: 'enum', enumType: 'NoYes' },
    { name: 'DueDateTime', type: 'utcDateTime' },
  ],
  storedAs: workItemTable.storedAs,
  writer: readOnly('WorkflowWorkItems'),
  actions,
});
