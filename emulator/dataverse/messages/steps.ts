import { Fault } from '../../kernel/index.ts';
import type { MessageCall, OrganizationService, Step } from '../contract.ts';
import { faults } from '../faults.ts';

/** Steps registered on messages, run in order of rank, then of registration; asynchronous ones are queued instead. */
export interface Steps {
  /** @returns what takes it away again @throws Error for a step before an external event, which nothing precedes */
  register(step: Step): () => void;
  run(stage: Step['stage'], call: MessageCall, organization: OrganizationService): Promise<void>;
  /** Whether there is any step, whatever columns it is narrowed to. */
  has(stage: Step['stage'], call: Pick<MessageCall, 'message' | 'table'>): boolean;
}

/** @param later carries out an asynchronous step after the commit */
export function createSteps(later: (step: Step, call: MessageCall, organization: OrganizationService) => void): Steps {
  const steps: Step[] = [];
  return {
    register(step) {
      if (isExternal(step.message) && step.stage !== 40)
        throw new Error(`'${step.name}' is of stage ${step.stage}: '${step.message}' takes PostOperation steps only.`);
      steps.push(step);
      steps.sort((a, b) => (a.rank ?? 1) - (b.rank ?? 1));
      return () => void steps.splice(steps.indexOf(step), 1);
    },
    has: (stage, call) => steps.some((step) => step.stage === stage && isOn(step, call)),
    async run(stage, call, organization) {
      for (const step of steps) {
        if (step.stage !== stage || !applies(step, call)) continue;
        if (step.isAsync === true) {
          later(step, call, organization);
          continue;
        }
        try {
          await step.run(call, organization);
        } catch (error) {
          throw error instanceof Fault ? error : faults.isvAborted((error as Error).message);
        }
      }
    },
  };
}

/** What another system tells of rows it owns: it has happened, so nothing runs before it and nothing undoes it. */
const isExternal = (message: string): boolean => message.startsWith('OnExternal');

/** Messages a step may narrow to some columns. */
const updates: ReadonlySet<string> = new Set(['Update', 'OnExternalUpdated']);

function isOn(step: Step, { message, table }: Pick<MessageCall, 'message' | 'table'>): boolean {
  return step.message === message && (step.table === undefined || step.table === table.logicalName);
}

function applies(step: Step, call: MessageCall): boolean {
  if (!isOn(step, call)) return false;
  if (!updates.has(call.message) || step.filteringColumns === undefined) return true;
  return step.filteringColumns.some((column) => column in call.target);
}
