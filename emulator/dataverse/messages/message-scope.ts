import { AsyncLocalStorage } from 'node:async_hooks';
import { faults } from '../faults.ts';

/** What a message hands down to the messages it causes. */
export interface Causing {
  readonly depth: number;
  readonly shared: Map<string, unknown>;
  /** Rows whose deletion is under way, as `table/id`: a circle of parents ends here. */
  readonly deleting: ReadonlySet<string>;
}

const deepest = 8;

/** Shared variable with the text of the request's `tag` option. */
export const tagVariable = 'tag';
/** Shared variable that is set when the request asked for no callbacks. */
export const withoutCallbacks = 'SuppressCallbackRegistrationExpanderJob';

/** Shared variable that is set when the request asked that duplicates be refused. */
export const detectDuplicates = 'DetectDuplicates';

/** Carries depth and shared variables from a message to the messages its steps send. */
export interface MessageScope {
  /** Runs `work` as a message caused by the present one. @throws Fault 0x80044182 when it is the ninth */
  enter<T>(deleting: string | undefined, work: (here: Causing) => Promise<T>): Promise<T>;
  /** Runs `work` as more of the message that was entered as `here`. */
  within<T>(here: Causing, work: () => Promise<T>): Promise<T>;
  /** Runs `work` as a client's request with these shared variables. */
  request<T>(shared: ReadonlyMap<string, unknown>, work: () => Promise<T>): Promise<T>;
  /** Runs `work` as if caused by this message, which may be over. */
  resume<T>(causing: Pick<Causing, 'depth' | 'shared'>, work: () => Promise<T>): Promise<T>;
  isDeleting(row: string): boolean;
}

export function createMessageScope(): MessageScope {
  const causing = new AsyncLocalStorage<Causing>();
  return {
    async enter(deleting, work) {
      const outer = causing.getStore();
      const gone = outer?.deleting ?? new Set<string>();
      const here: Causing = {
        depth: (outer?.depth ?? 0) + 1,
        shared: new Map(outer?.shared),
        deleting: deleting === undefined ? gone : new Set([...gone, deleting]),
      };
      if (here.depth > deepest) throw faults.tooDeep();
      return causing.run(here, () => work(here));
    },
    within: (here, work) => causing.run(here, work),
    request: (shared, work) => causing.run({ depth: 0, shared: new Map(shared), deleting: new Set() }, work),
    resume: ({ depth, shared }, work) => causing.run({ depth, shared: new Map(shared), deleting: new Set() }, work),
    isDeleting: (row) => causing.getStore()?.deleting.has(row) ?? false,
  };
}
