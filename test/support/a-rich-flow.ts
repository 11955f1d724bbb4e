import { connectorCall } from './flow-connectors.ts';
import { aFlow, zipped } from './solution-builder.ts';

const dataverse = 'shared_commondataserviceforapps';
const after = (name: string, ...statuses: string[]) => ({
  runAfter: { [name]: statuses.length ? statuses : ['Succeeded'] },
});

export const richFlow = 'Rich flow';

const read = connectorCall(dataverse, 'ListRecords', { entityName: 'accounts', $select: 'name', $top: 3 });

/** A flow with one of everything its pages have to show: a loop whose last repetition fails, a secret, a catch. */
const definition = {
  parameters: { $authentication: { type: 'SecureObject', defaultValue: {} } },
  triggers: {
    manual: {
      type: 'Request',
      kind: 'Button',
      inputs: {
        schema: {
          type: 'object',
          required: ['text'],
          properties: {
            text: { type: 'string', title: 'Customer', 'x-ms-content-hint': 'TEXT' },
            number: { type: 'number', title: 'Limit' },
          },
        },
      },
    },
  },
  actions: {
    Total: { type: 'InitializeVariable', inputs: { variables: [{ name: 'total', type: 'integer', value: 0 }] } },
    Try: {
      type: 'Scope',
      ...after('Total'),
      actions: {
        List_accounts: {
          ...read,
          inputs: { ...read.inputs, retryPolicy: { type: 'fixed', count: 2, interval: 'PT1S' } },
        },
        For_each_account: {
          type: 'Foreach',
          foreach: "@outputs('List_accounts')?['body/value']",
          ...after('List_accounts'),
          actions: {
            Add_one: { type: 'IncrementVariable', inputs: { name: 'total', value: 1 } },
            Is_it_early: {
              type: 'If',
              expression: { less: ["@variables('total')", 3] },
              ...after('Add_one'),
              actions: { Early: { type: 'Compose', inputs: "@items('For_each_account')?['name']" } },
              else: { actions: { Late: { type: 'Compose', inputs: '@div(1, 0)' } } },
            },
          },
        },
      },
    },
    Catch: {
      type: 'Scope',
      ...after('Try', 'Failed'),
      actions: {
        Secret: {
          type: 'Compose',
          inputs: 'top secret',
          runtimeConfiguration: { secureData: { properties: ['inputs', 'outputs'] } },
        },
        Mail: {
          ...connectorCall('shared_office365', 'SendEmailV2', {
            'emailMessage/To': 'sales@fnoconnect.example',
            'emailMessage/Subject': 'It failed',
            'emailMessage/Body': '<p>Hello <b>there</b><img src=x onerror="parent.hacked=1"></p>',
          }),
          ...after('Secret'),
        },
      },
    },
    Ask: {
      ...connectorCall('shared_approvals', 'StartAndWaitForAnApproval', {
        approvalType: 'Basic',
        'WebhookApprovalCreationInput/title': "@concat('Raise the limit of ', triggerBody()?['text'])",
        'WebhookApprovalCreationInput/assignedTo': 'sales@fnoconnect.example',
        'WebhookApprovalCreationInput/details': 'Please look at it',
      }),
      type: 'OpenApiConnectionWebhook',
      ...after('Catch'),
    },
    Outcome: { type: 'Compose', inputs: "@outputs('Ask')?['body/outcome']", ...after('Ask') },
  },
};

/** A solution that holds it, as ImportSolution takes it. */
export async function richFlowSolution(): Promise<object> {
  const json = JSON.stringify({ properties: { connectionReferences: {}, definition }, schemaVersion: '1.0.0.0' });
  const zip = await zipped([aFlow('7d0f4d3e-6a56-4b2c-9d8e-0c1f2a3b4c5d', richFlow, { json })]);
  return {
    CustomizationFile: zip.toString('base64'),
    OverwriteUnmanagedCustomizations: true,
    PublishWorkflows: true,
    ImportJobId: '11111111-2222-4333-8444-555555555555',
  };
}
