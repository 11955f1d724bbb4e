import { Fault } from '../kernel/index.ts';
import { runDays } from './runs/plan.ts';

export const notThere = (what: string, name: string) =>
  new Fault('notInFlowRuntime', { code: 'NotFound', status: 404 }, `There is no ${what} '${name}'.`);

export const tooManyRuns = (name: string) =>
  new Fault(
    'tooManyRuns',
    { code: 'TooManyRequests', status: 429 },
    `As many runs of the flow '${name}' as its trigger allows are running and waiting.`,
  );

export const tooManyItems = (name: string, given: number, most: number) =>
  new Fault(
    'tooManyItems',
    { code: 'SplitOnItemsLimitExceeded', status: 400 },
    `The trigger of the flow '${name}' was given ${given} items to split; ${most} are the most.`,
  );

/** The error of a run that has lasted too long. */
export const tooLong = (name: string) => ({
  code: 'WorkflowRunTimedOut',
  message: `The run of the flow '${name}' has lasted ${runDays} days, which is the most.`,
});
