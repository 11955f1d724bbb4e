import { solutionVariable } from '../customizing/component-rows.ts';
import { detectDuplicates, tagVariable, withoutCallbacks } from '../messages/message-scope.ts';
import type { RequestContext } from './request-context.ts';

/** What a request hands to the steps and callbacks of its messages. */
export function sharedVariables({ options, request }: RequestContext): Map<string, unknown> {
  const shared = new Map<string, unknown>();
  const tag = options.get('tag');
  if (tag !== undefined) shared.set(tagVariable, tag);
  const solution = request.headers['mscrm.solutionuniquename']?.trim();
  if (solution) shared.set(solutionVariable, solution);
  if (request.headers['mscrm.suppresscallbackregistrationexpanderjob']?.toLowerCase() === 'true')
    shared.set(withoutCallbacks, true);
  if (request.headers['mscrm.suppressduplicatedetection']?.toLowerCase() === 'false')
    shared.set(detectDuplicates, true);
  return shared;
}
