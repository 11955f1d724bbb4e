import { notEmulated } from '../../kernel/index.ts';
import type { RequestContext } from './request-context.ts';

/** Refuses by name query options that belong to what is not here. @throws Fault notEmulated */
export function refuseOptions({ options }: Pick<RequestContext, 'options'>): void {
  // The documents write partitionId, some clients partitionid.
  for (const name of options.keys())
    if (name.toLowerCase() === 'partitionid') throw notEmulated('partitionId (elastic tables)', 'Leave it out.');
  if (options.has('sql')) throw notEmulated('A query in SQL', 'Ask with $filter or FetchXML.');
}
