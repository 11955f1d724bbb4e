import { errorOf } from './web-api';

export interface FlowRun {
  readonly id: string;
  readonly flow: string;
  readonly status: string;
  readonly startTime: string;
  readonly endTime?: string;
  readonly error?: { readonly code?: string; readonly message?: string };
}

export interface FlowAction {
  readonly name: string;
  readonly path: string;
  readonly status: string;
  readonly startTime: string;
  readonly endTime?: string;
  readonly attempts: number;
  readonly inputs: unknown;
  readonly outputs: unknown;
  readonly error?: { readonly code?: string; readonly message?: string };
}

export interface FlowRunDetail extends FlowRun {
  readonly trigger: unknown;
  readonly actions: readonly FlowAction[];
}

/** The console of the emulator: the platform has no Web API for the history of flows. */
async function console<T>(method: string, path: string): Promise<T> {
  const response = await fetch(`/_emulator/flow-runs${path}`, { method });
  if (!response.ok) throw await errorOf(response);
  return (await response.json()) as T;
}

/** Runs of every flow, the newest first. */
export async function readFlowRuns(): Promise<FlowRun[]> {
  const { value } = await console<{ value: FlowRun[] }>('GET', '');
  return [...value].sort((a, b) => b.startTime.localeCompare(a.startTime));
}

export const readFlowRun = (id: string) => console<FlowRunDetail>('GET', `/${id}`);
export const resubmitFlowRun = (id: string) => console<FlowRun>('POST', `/${id}/resubmit`);
export const cancelFlowRun = (id: string) => console<FlowRun>('POST', `/${id}/cancel`);
