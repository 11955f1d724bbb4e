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

/** What `workflow()` gives in a run. */
export function describeWorkflow(flow: Flow, runId: string): Value {
  return {
    id: `/workflows/${flow.id}`,
    name: flow.id,
    type: 'Microsoft.Logic/workflows',
    location: 'local',
    tags: { flowDisplayName: flow.name, environmentName: 'local', logicAppName: flow.id, state: 'Enabled' },
    run: { id: `/workflows/${flow.id}/runs/${runId}`, name: runId, type: 'Microsoft.Logic/workflows/runs' },
  };
}
