import type { ConnectorResult } from '../connectors/connectors.ts';
import type { ActionDefinition } from '../definition/model.ts';
import type { FlowRun } from '../runs/flow-run.ts';
import { isArray, isObject, type Value } from '../expressions/value.ts';

/** How many items `paginationPolicy.minimumItemCount` wants, of those the plan allows; 0 for one page only. */
export function wantedItems({ raw }: ActionDefinition, { services }: FlowRun): number {
  const settings = isObject(raw['runtimeConfiguration']) ? raw['runtimeConfiguration'] : {};
  const policy = isObject(settings['paginationPolicy']) ? settings['paginationPolicy'] : {};
  return Math.min(Number(policy['minimumItemCount'] ?? 0), services.plan.pagedItems);
}

/**
 * Follows the next links of a `value` list until there are as many items as wanted, whole pages each; the link is left out
 * then. A refusal on the way is the answer.
 *
 * @param next asks for the page a link leads to
 */
export async function withPagesAfter(
  first: ConnectorResult,
  wanted: number,
  next: (link: string) => Promise<ConnectorResult>,
): Promise<ConnectorResult> {
  if (wanted === 0 || !isObject(first.body) || !isArray(first.body['value'])) return first;
  const items: Value[] = [...first.body['value']];
  let link = nextLink(first.body);
  while (link !== undefined && items.length < wanted) {
    const page = await next(link);
    if (page.statusCode >= 400) return page;
    const found = isObject(page.body) && isArray(page.body['value']) ? page.body['value'] : [];
    items.push(...found);
    const after = nextLink(page.body);
    // A page of nothing that leads to itself would be asked for ever.
    link = found.length === 0 && after === link ? undefined : after;
  }
  const { '@odata.nextLink': _odata, nextLink: _plain, ...rest } = first.body;
  return { ...first, body: { ...rest, value: items } };
}

function nextLink(body: Value): string | undefined {
  const link = isObject(body) ? (body['@odata.nextLink'] ?? body['nextLink']) : undefined;
  return typeof link === 'string' && link !== '' ? link : undefined;
}
