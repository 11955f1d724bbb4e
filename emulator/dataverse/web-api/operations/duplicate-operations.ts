import { readGuid } from '../../../kernel/index.ts';
import type { Query, Row } from '../../../query/index.ts';
import { readRow, readRows } from '../../../storage/index.ts';
import { requirePublishable } from '../../duplicates/duplicate-steps.ts';
import { duplicatesQuery, isSameCase } from '../../duplicates/match.ts';
import { publishedRules, ruleRow, ruleStatus } from '../../duplicates/rules.ts';
import { faults } from '../../faults.ts';
import type { RowValue, Signature } from '../../messages/operations/operation.ts';
import type { TableMetadata } from '../../metadata/model.ts';
import { securedQuery } from '../../security/secured-query.ts';
import { startSystemJob } from '../../solution-import/solution-jobs.ts';
import { allColumns } from '../bind-query.ts';
import { answer, noContent } from '../answer.ts';
import { namingWriter } from '../naming-writer.ts';
import { parseBody } from '../parse-body.ts';
import type { RequestContext } from '../request-context.ts';
import { requireId } from '../row-requests.ts';
import { shownRows } from '../write-row.ts';
import type { Operations } from './operation.ts';
import { readParameters } from './read-parameters.ts';

/**
 * Rules for duplicates are published by a system job; what they find is asked for with `RetrieveDuplicates`.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/duplicaterule-entities
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/run-duplicate-detection
 */
export const duplicateOperations: Operations = {
  PublishDuplicateRule: {
    method: 'POST',
    boundTo: 'row',
    table: 'duplicaterule',
    async run(context, { bound }) {
      const { parts, base } = context;
      const rule = requireId(bound!.table, bound!.key!);
      requirePublishable(rule, requireRule(context, bound!.table, rule), parts);
      const { pipeline, clock, database, work, newId } = parts;
      const job = await database.transaction(async () => {
        await pipeline.update('duplicaterule', rule, { statuscode: ruleStatus.publishing });
        return startSystemJob({ clock, database, work, organization: pipeline }, 'PublishDuplicateRule', {
          correlationId: newId(),
          task: () => pipeline.update('duplicaterule', rule, { statuscode: ruleStatus.published }),
        });
      });
      const body = { '@odata.context': `${base}/$metadata#asyncoperations/$entity`, asyncoperationid: job };
      return answer(context, body);
    },
  },
  UnpublishDuplicateRule: {
    method: 'POST',
    async run(context) {
      const id = readGuid(String(parseBody(context, 'UnpublishDuplicateRule')['DuplicateRuleId'] ?? ''));
      if (id === undefined) throw faults.parameterMissing('DuplicateRuleId', 'UnpublishDuplicateRule');
      requireRule(context, context.parts.metadata.table('duplicaterule')!, id);
      await context.parts.pipeline.update('duplicaterule', id, { statuscode: ruleStatus.unpublished });
      return noContent;
    },
  },
  RetrieveDuplicates: {
    method: 'GET',
    async run(context, { inside }) {
      const asked = await readAsked(context, inside);
      const { matching, page } = asked;
      context.parts.privileges.require(context.caller, 'Read', matching);
      const rows = duplicatesOf(context, asked);
      const paged = rows.slice((page.number - 1) * page.size, page.number * page.size);
      const write = shownRows(matching, allColumns(matching), namingWriter(context, paged));
      return answer(context, {
        '@odata.context': `${context.base}/$metadata#${matching.entitySetName}`,
        value: paged.map((row) => write(row)),
      });
    },
  },
};

/** @throws Fault 404, or 403 for a rule the caller may not write */
function requireRule({ parts, caller }: RequestContext, table: TableMetadata, id: string): Row {
  const rule = ruleRow(parts, id);
  if (rule === undefined) throw faults.rowNotFound(table.schemaName, id);
  parts.access.requireRow(caller, 'Write', table, id);
  return rule;
}

interface Asked {
  readonly base: TableMetadata;
  readonly matching: TableMetadata;
  readonly row: Row;
  /** Of a row that is there. */
  readonly id: string | undefined;
  readonly page: { readonly number: number; readonly size: number };
}

const signature: Signature = {
  name: 'RetrieveDuplicates',
  isFunction: true,
  parameters: [
    { name: 'BusinessEntity', type: 'entity' },
    { name: 'MatchingEntityName', type: 'string' },
    { name: 'PagingInfo', type: 'pagingInfo', isOptional: true },
  ],
  results: [],
};

/** A row that is there is compared as it is stored, but for what is sent. */
async function readAsked(context: RequestContext, inside: string | undefined): Promise<Asked> {
  const { metadata } = context.parts;
  const parameters = await readParameters(context, signature, inside);
  const given = parameters['BusinessEntity'] as RowValue;
  const name = String(parameters['MatchingEntityName']);
  const matching = metadata.table(name);
  if (matching === undefined) throw faults.tableNotFound(name);
  const base = metadata.table(given.table)!;
  const stored = given.id === undefined ? undefined : storedRow(context, base, given.id);
  return {
    base,
    matching,
    row: { ...stored, ...given.row },
    id: stored === undefined ? undefined : given.id,
    page: readPage(parameters['PagingInfo']),
  };
}

/** @throws Fault 403 for a row the caller may not read */
function storedRow({ parts, caller }: RequestContext, table: TableMetadata, id: string): Row | undefined {
  const row = readRow(parts.database, parts.shapes(table.logicalName), { [table.primaryId]: id });
  if (row !== undefined) parts.access.requireRow(caller, 'Read', table, id);
  return row;
}

const mostRows = 5000;

/** `PagingInfo`: page 1 and all there may be, where nothing else is said. */
function readPage(given: unknown): Asked['page'] {
  const { PageNumber = 1, Count = mostRows } = (given ?? {}) as Record<string, unknown>;
  const [number, size] = [Number(PageNumber) || 1, Number(Count) || mostRows];
  if (number < 1 || size < 1 || size > mostRows)
    throw faults.invalidArgument("Invalid Argument: 'PagingInfo' names no page.");
  return { number, size };
}

/** Those the caller may read, each once however many rules find it. */
function duplicatesOf({ parts, caller }: RequestContext, { base, matching, row, id }: Omit<Asked, 'page'>): Row[] {
  const found = new Map<string, Row>();
  const mask = parts.columnSecurity.masking(caller, matching);
  for (const rule of publishedRules(parts, base, matching.logicalName)) {
    const query = duplicatesQuery(rule, row, id, parts.metadata);
    if (query === undefined) continue;
    const whole: Query = { ...query, columns: allColumns(matching), top: mostRows };
    for (const { columns } of readRows(parts.database, securedQuery(whole, caller, parts), parts.shapes))
      if (isSameCase(rule, row, columns)) found.set(String(columns[matching.primaryId]), mask(columns));
  }
  return [...found.values()];
}
