export type { FlowRuntime, FlowRuntimeParts } from './contract.ts';
export type { BusinessEventSource, BusinessEventSubscription } from './connectors/dynamicsax.ts';
export { createFlowRuntime } from './flow-runtime.ts';
export {
  connectorsFrom,
  type ConnectorCall,
  type ConnectorOperation,
  type ConnectorResult,
  type Connectors,
  type Operations,
} from './connectors/connectors.ts';
export { readStubs } from './connectors/stubs.ts';
export { planNames, type PlanName } from './runs/plan.ts';
export type { HttpCallOut, HttpSender } from './http/http-sender.ts';
export { runFlow, runFlows, type FlowTest, type FlowTestRun } from './run-flow.ts';
