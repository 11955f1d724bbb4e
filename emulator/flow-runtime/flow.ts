import type { ServiceClient } from './connectors/service-client.ts';
import type { FlowDefinition } from './definition/model.ts';
import { readDefinition } from './definition/read-definition.ts';
import type { Value } from './expressions/value.ts';
import { messageOf, rowsOf } from './triggers/dataverse-webhook.ts';

/** A flow as the environment has it. */
export interface Flow {
  readonly id: string;
  readonly name: string;
  readonly isOn: boolean;
  readonly definition: FlowDefinition | undefined;
  /** The definition as the row holds it. */
  readonly source: string;
  /** Why it cannot run, when it cannot. */
  readonly problem: string | undefined;
}

/** One whose definition could be read. */
export type RunnableFlow = Flow & { readonly definition: FlowDefinition };

export const canRun = (flow: Flow | undefined): flow is RunnableFlow => flow?.definition !== undefined;

/** Cloud flows of the environment, with the reason for each that cannot be read. */
export async function readFlows(client: ServiceClient, user: string): Promise<Flow[]> {
  const path = 'workflows?$select=workflowid,name,clientdata,statecode&$filter=category eq 5'.replaceAll(' ', '%20');
  const answer = await client.send({ method: 'GET', path, user });
  if (answer.statusCode >= 400) throw new Error(`The flows cannot be read: ${messageOf(answer.body)}`);
  return rowsOf(answer.body).map((row) => {
    const source = String(row['clientdata']);
    const flow = {
      id: String(row['workflowid']).toLowerCase(),
      name: String(row['name']),
      isOn: row['statecode'] === 1n,
      source,
    };
    try {
      return { ...flow, definition: readDefinition(source), problem: undefined };
    } catch (error) {
      return { ...flow, isOn: false, definition: undefined, problem: (error as Error).message };
    }
  });
}

/**
 * What `workflow()` gives in a run.
 *
 * @see https://learn.microsoft.com/power-automate/guidance/coding-guidelines/error-handling (its schema)
 */
export function describeWorkflow(
  { id, name, definition }: Pick<RunnableFlow, 'id' | 'name' | 'definition'>,
  runId: string,
  environment: string,
): Value {
  const { type, kind } = definition.trigger;
  return {
    id: `/workflows/${id}`,
    name: id,
    type: 'Microsoft.Logic/workflows',
    location: 'local',
    tags: {
      flowDisplayName: name,
      environmentName: environment,
      logicAppName: id,
      environmentWorkflowId: id,
      environmentFlowSuspensionReason: 'None',
      state: 'Enabled',
      triggerType: kind ?? type,
    },
    run: { id: `/workflows/${id}/runs/${runId}`, name: runId, type: 'Microsoft.Logic/workflows/runs' },
  };
}
