import { notEmulated } from '../../kernel/index.ts';
import type { Condition, Query } from '../../query/index.ts';
import { faults } from '../faults.ts';
import { requireProvider } from '../messages/virtual-rows.ts';
import type { TableMetadata } from '../metadata/model.ts';
import type { RequestContext } from './request-context.ts';

/** Most rows of a page, and most a count tells of. */
export const mostRows = 5000;

/** Rows of a virtual table; nothing but the privilege decides who sees them. */
export async function readVirtual(
  context: RequestContext,
  table: TableMetadata,
  query: Query,
  isCounted = isCountAsked(context),
) {
  const { parts, caller } = context;
  parts.privileges.require(caller, 'Read', table);
  const page = await requireProvider(table, parts.provider()).retrieveMultiple(table, query, caller, isCounted);
  const count = () => {
    if (page.count !== undefined) return page.count;
    throw notEmulated(`Counting the rows of '${table.logicalName}'`, 'Read the pages.');
  };
  return { rows: page.rows, lines: page.lines, hasMore: page.moreRows, count };
}

/** Adds what was asked for: the count, its two annotations, the version of the metadata. */
export function addCounts(
  body: Record<string, unknown>,
  { options, preferences, parts }: RequestContext,
  page: { count(): number },
  wantsCount = countWanted(options),
): void {
  const count = wantsCount ? page.count() : -1;
  if (wantsCount) body['@odata.count'] = Math.min(count, mostRows);
  if (preferences.annotation('Microsoft.Dynamics.CRM.totalrecordcount'))
    body['@Microsoft.Dynamics.CRM.totalrecordcount'] = Math.min(count, mostRows);
  if (preferences.annotation('Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded'))
    body['@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded'] = count > mostRows;
  if (preferences.annotation('Microsoft.Dynamics.CRM.globalmetadataversion'))
    body['@Microsoft.Dynamics.CRM.globalmetadataversion'] = parts.metadata.version;
}

const isCountAsked = ({ options, preferences }: RequestContext): boolean =>
  countWanted(options) ||
  preferences.annotation('Microsoft.Dynamics.CRM.totalrecordcount') ||
  preferences.annotation('Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded');

function countWanted(options: RequestContext['options']): boolean {
  const text = options.get('$count') ?? 'false';
  if (text !== 'true' && text !== 'false')
    throw faults.queryNotSupported(
      `Invalid value '${text}' for $count query option found. Valid values are 'true' and 'false'.`,
    );
  return text === 'true';
}

export function both(first: Condition | undefined, second: Condition | undefined): Condition | undefined {
  return first === undefined ? second : second === undefined ? first : { kind: 'all', of: [first, second] };
}
