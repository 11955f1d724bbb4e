import { errorOf, send } from './web-api';

export interface FlowError {
  readonly code?: string;
  readonly message?: string;
}

export interface FlowRun {
  readonly id: string;
  readonly flow: string;
  readonly workflowId: string;
  readonly status: string;
  readonly startTime: string;
  readonly endTime?: string;
  readonly error?: FlowError;
}

export interface Attempt {
  readonly startTime: string;
  readonly endTime: string;
  readonly code: string;
  readonly message: string;
}

export interface FlowAction {
  readonly name: string;
  /** Place in the run: `For_each[2]/Update_row`. */
  readonly path: string;
  readonly status: string;
  readonly startTime: string;
  readonly endTime?: string;
  readonly attempts: number;
  /** Attempts before the last. */
  readonly retryHistory?: readonly Attempt[];
  readonly inputs: unknown;
  readonly outputs: unknown;
  readonly error?: FlowError;
}

export interface FlowRunDetail extends FlowRun {
  readonly trigger: { readonly name?: string; readonly outputs?: unknown } & Readonly<Record<string, unknown>>;
  readonly actions: readonly FlowAction[];
}

export interface TriggerOutline {
  readonly name: string;
  readonly type: string;
  readonly kind?: string;
  readonly operation?: string;
  /** JSON schema of the body. */
  readonly schema?: unknown;
  readonly recurrence?: { readonly frequency?: string; readonly interval?: number };
}

export interface ActionOutline {
  readonly name: string;
  readonly type: string;
  readonly operation?: string;
  readonly description?: string;
  readonly runAfter: Readonly<Record<string, readonly string[]>>;
  readonly branches: readonly BranchOutline[];
}

export interface BranchOutline {
  readonly kind: 'body' | 'yes' | 'no' | 'case' | 'default';
  readonly name?: string;
  readonly value?: unknown;
  readonly actions: readonly ActionOutline[];
}

export interface Flow {
  readonly id: string;
  readonly name: string;
  readonly isOn: boolean;
  /** Why it cannot run. */
  readonly problem?: string;
  readonly trigger?: TriggerOutline;
}

export interface FlowDetail extends Flow {
  readonly actions?: readonly ActionOutline[];
}

/** The console of the emulator: the platform has no Web API for the history of flows. */
async function console<T>(method: string, path: string, body?: object): Promise<T> {
  const response = await fetch(`/_emulator/${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!response.ok) throw await errorOf(response);
  return (await response.json()) as T;
}

/** Runs of every flow, the newest first. */
export async function readFlowRuns(): Promise<FlowRun[]> {
  const { value } = await console<{ value: FlowRun[] }>('GET', 'flow-runs');
  return [...value].sort((a, b) => b.startTime.localeCompare(a.startTime));
}

export async function readFlows(): Promise<Flow[]> {
  const { value } = await console<{ value: Flow[] }>('GET', 'flows');
  return [...value].sort((a, b) => a.name.localeCompare(b.name));
}

export const readFlow = (id: string) => console<FlowDetail>('GET', `flows/${encodeURIComponent(id)}`);
export const readFlowRun = (id: string) => console<FlowRunDetail>('GET', `flow-runs/${id}`);
export const resubmitFlowRun = (id: string) => console<FlowRun>('POST', `flow-runs/${id}/resubmit`);
export const cancelFlowRun = (id: string) => console<FlowRun>('POST', `flow-runs/${id}/cancel`);
/** @returns the runs that began: none when the conditions of the trigger do not hold */
export const runFlow = async (id: string, body: object) =>
  (await console<{ value: FlowRun[] }>('POST', `flows/${encodeURIComponent(id)}/runs`, body)).value;

/**
 * Turns a flow on or off, as the platform has it: by the state of its row. Resolves when the runtime has heard of it, or has
 * said why it cannot.
 */
export async function turn(id: string, isOn: boolean): Promise<void> {
  await send('PATCH', `workflows(${id})`, isOn ? { statecode: 1, statuscode: 2 } : { statecode: 0, statuscode: 1 });
  for (let asked = 0; asked < mostAsked; asked++) {
    const flow = await readFlow(id);
    if (flow.isOn === isOn || flow.problem !== undefined) return;
    await new Promise((soon) => setTimeout(soon, askAgainMs));
  }
}

const mostAsked = 50;
const askAgainMs = 100;

export interface OutboxMessage {
  readonly id: string;
  readonly channel: 'mail' | 'chat';
  readonly sentOn: string;
  readonly via: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly subject: string;
  readonly body: string;
  readonly importance: string;
  readonly attachments: readonly { readonly name: string; readonly contentType: string; readonly content: string }[];
  readonly options?: readonly string[];
  readonly answer?: { readonly by: string; readonly option: string; readonly answeredOn: string };
}

export interface Approval {
  readonly name: string;
  readonly approvalType: string;
  readonly title: string;
  readonly details: string;
  readonly itemLink: string | null;
  readonly itemLinkDescription: string | null;
  readonly requestor: string;
  readonly approvers: readonly { readonly displayName: string; readonly email: string }[];
  readonly options: readonly string[];
  readonly status: 'Requested' | 'Completed' | 'Canceled';
  readonly requestDate: string;
  readonly completionDate: string | null;
  readonly outcome: string | null;
  readonly responses: readonly {
    readonly responder: { readonly displayName: string; readonly email: string };
    readonly responseDate: string;
    readonly approverResponse: string;
    readonly comments?: string;
  }[];
}

export const readOutbox = async () => (await console<{ value: OutboxMessage[] }>('GET', 'outbox')).value;
export const answerMessage = (id: string, by: string, option: string) =>
  console<unknown>('POST', `outbox/${id}/answer`, { by, option });
export const readApprovals = async () => (await console<{ value: Approval[] }>('GET', 'approvals')).value;
export const answerApproval = (name: string, by: string, response: string, comments: string) =>
  console<unknown>('POST', 'approvals', { name, by, response, comments });
