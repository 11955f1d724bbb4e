import { isToBeOvertaken, tryDelivery, type DeliveryParts } from '../kernel/index.ts';
import type { Database } from '../storage/database.ts';
import type { EventLog, LoggedEvent } from './event-log.ts';
import type { EventParameters } from '../finance-operations/index.ts';

/** Where an event goes. */
export interface Destination {
  /** What fault rules match: an address, `queue:<name>` or `dataverse:<event>`. */
  readonly target: string;
  /** True when it ends in the store itself, so that a bundle goes in one transaction. */
  readonly isLocal: boolean;
  /** @returns the receiver's status @throws Error when it cannot be reached */
  send(): Promise<number>;
}

export interface BatchThreadParts extends DeliveryParts {
  readonly database: Database;
  readonly events: EventLog;
  readonly parameters: () => EventParameters;
  /** Undefined when its endpoint is gone. */
  readonly destination: (event: LoggedEvent) => Destination | undefined;
  readonly log: (text: string) => void;
}

export interface BatchThreads {
  /** Takes an event that has been stored; called after the commit. */
  add(sequence: number): void;
  /** Starts what may have been stopped by the parameters. */
  wake(): void;
}

interface Job {
  readonly sequence: number;
  readonly event: LoggedEvent;
  readonly destination: Destination;
}

/**
 * The dedicated batch threads: each takes bundles of events, oldest first, and sends them; what fails is tried again after a
 * wait, then stands in the error log. At least once: an outcome that could not be written is sent again at the next start.
 */
export function createBatchThreads(parts: BatchThreadParts): BatchThreads {
  const { parameters, work, clock } = parts;
  const waiting: number[] = [];
  const overtaken = createOvertaken(parts);
  let threads = 0;

  async function thread(): Promise<void> {
    threads += 1;
    // What the same transaction has raised goes into the same bundle.
    await Promise.resolve();
    try {
      for (;;) {
        const bundle = waiting.splice(0, parameters().bundleSize);
        if (bundle.length === 0) return;
        const jobs = jobsOf(bundle, parts).filter((job) => !overtaken.hold(job));
        await sendBundle(jobs, parts);
        if (jobs.length > 0) waiting.push(...overtaken.release());
        else clock.at(new Date(clock.now().getTime() + longestHoldMs), () => add(...overtaken.release()));
      }
    } finally {
      threads -= 1;
    }
  }

  function wake(): void {
    const { processingThreads, bundleSize, retryCount, endpointsPerEvent } = parameters();
    // Zero in one of them stops everything.
    if (bundleSize * retryCount * endpointsPerEvent === 0) return;
    if (threads >= processingThreads || threads * bundleSize >= waiting.length) return;
    work.start('event batch thread', thread);
  }

  function add(...sequences: readonly number[]): void {
    waiting.push(...sequences);
    wake();
  }

  return { wake, add };
}

/** Decided: how long an event that is to be overtaken waits for another. */
const longestHoldMs = 5000;

/** Events a fault rule holds back until others have gone; each once. */
function createOvertaken({ faultRules }: BatchThreadParts) {
  const held: number[] = [];
  const known = new Set<number>();
  return {
    hold({ sequence, destination }: Job): boolean {
      if (known.has(sequence) || !isToBeOvertaken(destination.target, faultRules)) return false;
      known.add(sequence);
      held.push(sequence);
      return true;
    },
    release: () => held.splice(0),
  };
}

function jobsOf(bundle: readonly number[], { events, destination: destinationOf }: BatchThreadParts): Job[] {
  return bundle.flatMap((sequence) => {
    const event = events.read(sequence);
    if (event?.status !== 'Waiting') return [];
    const destination = destinationOf(event);
    if (destination !== undefined) return [{ sequence, event, destination }];
    events.record(sequence, 'Error', `The endpoint '${event.endpoint}' is gone.`);
    return [];
  });
}

async function sendBundle(jobs: readonly Job[], parts: BatchThreadParts): Promise<void> {
  const failed = new Map<Job, string>();
  // An injected fault may wait, which nobody may do inside a transaction.
  const isDisturbed = parts.faultRules.list().some(({ where }) => where === 'event-delivery');
  const local = isDisturbed ? [] : jobs.filter(({ destination }) => destination.isLocal);
  if (local.length > 0)
    await parts.database.transaction(async () => {
      for (const job of local) {
        const error = await tryDelivery(job.destination.target, () => job.destination.send(), parts);
        if (error === undefined) parts.events.record(job.sequence, 'Sent', undefined);
        else failed.set(job, error);
      }
    });
  for (const job of jobs) {
    if (!local.includes(job)) await sendWithRetries(job, 1, parts);
    else if (failed.has(job)) await failedOnce(job, failed.get(job)!, parts);
  }
}

async function failedOnce(job: Job, error: string, parts: BatchThreadParts): Promise<void> {
  if (await noteFailure(job, error, 1, parts)) await sendWithRetries(job, 2, parts);
}

async function sendWithRetries(job: Job, from: number, parts: BatchThreadParts): Promise<void> {
  for (let attempt = from; ; attempt++) {
    const error = await tryDelivery(job.destination.target, () => job.destination.send(), parts);
    if (error === undefined) return record(job, 'Sent', undefined, parts);
    if (!(await noteFailure(job, error, attempt, parts))) return;
  }
}

/** Writes a failed try; true when another follows, after the wait. */
async function noteFailure(job: Job, error: string, attempt: number, parts: BatchThreadParts): Promise<boolean> {
  const { retryCount, waitBetweenRetriesMs } = parts.parameters();
  const isLast = attempt > retryCount;
  await record(job, isLast ? 'Error' : 'Waiting', error, parts);
  parts.log(`event ${job.event.event} to ${job.destination.target} failed: ${error}`);
  if (!isLast) await parts.work.asleep(parts.clock.sleep(waitBetweenRetriesMs));
  return !isLast;
}

async function record(job: Job, status: LoggedEvent['status'], error: string | undefined, parts: BatchThreadParts) {
  await parts.database.transaction(async () => parts.events.record(job.sequence, status, error));
}
