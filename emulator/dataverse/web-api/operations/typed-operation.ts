import type { Lookup } from '../../../query/index.ts';
import type { Operation as Message, Parameter, RowValue, Signature } from '../../messages/operations/operation.ts';
import { answer, noContent } from '../answer.ts';
import type { RequestContext } from '../request-context.ts';
import { requireId } from '../row-requests.ts';
import { navigationOf, rowUrl, shownRows } from '../write-row.ts';
import { respond, type Operation, type OperationCall } from './operation.ts';
import { readParameters } from './read-parameters.ts';

/** A message as the Web API offers it: parameters by its signature, stages by the pipeline, results by its signature. */
export function asWebOperation(message: Message): Operation {
  return {
    method: message.isFunction ? 'GET' : 'POST',
    boundTo: message.boundTo,
    table: message.table,
    async run(context, call) {
      const { record, caller } = context;
      const output = await context.parts.pipeline.run({
        operation: message,
        ...(await readInput(context, message, call)),
        table: call.bound?.table,
        caller,
        atEnd: record && ((results) => record(valuesOf(context, message, results))),
      });
      return writeResults(context, message, output);
    },
  };
}

/** Parameters, and the row it is bound to. @throws Fault for what does not fit the signature, 404 for a key no row has */
export async function readInput(context: RequestContext, message: Signature, { inside, bound }: OperationCall) {
  const input = await readParameters(context, message, inside);
  const key = bound?.key === undefined ? undefined : requireId(bound.table, bound.key);
  const target: Lookup | undefined = key === undefined ? undefined : { table: bound!.table.logicalName, id: key };
  return { input, target };
}

/** Results by name, as JSON. */
const valuesOf = (context: RequestContext, { results }: Signature, output: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(results.map((result) => [result.name, writeResult(context, result, output[result.name])]));

/** Rows as the only result are the answer itself; anything else is a property of the response type. */
function writeResults(context: RequestContext, message: Message, output: Record<string, unknown>) {
  const { results, name } = message;
  if (results.length === 0) return noContent;
  const [only] = results;
  if (results.length === 1 && only!.type === 'entity')
    return answer(context, writeWholeRow(context, output[only!.name] as RowValue | undefined));
  if (results.length === 1 && only!.type === 'entityCollection')
    return answer(context, {
      '@odata.context': `${context.base}/$metadata#Collection(Microsoft.Dynamics.CRM.${only!.table ?? 'crmbaseentity'})`,
      value: writeResult(context, only!, output[only!.name] ?? []),
    });
  return respond(context, name, valuesOf(context, message, output));
}

function writeWholeRow(context: RequestContext, value: RowValue | undefined): Record<string, unknown> {
  if (value === undefined) return {};
  const { entitySetName } = context.parts.metadata.table(value.table)!;
  return { '@odata.context': `${context.base}/$metadata#${entitySetName}/$entity`, ...writeRowValue(context, value) };
}

function writeResult(context: RequestContext, { type }: Parameter, value: unknown): unknown {
  if (value === undefined || value === null) return null;
  switch (type) {
    case 'entity':
      return writeRowValue(context, value as RowValue);
    case 'entityCollection':
      return (value as readonly RowValue[]).map((one) => writeRowValue(context, one));
    case 'entityReference': {
      const { table, id } = value as Lookup;
      const { primaryId } = context.parts.metadata.table(table)!;
      return { '@odata.type': `#Microsoft.Dynamics.CRM.${table}`, [primaryId]: id };
    }
    case 'binary':
      return (value as Buffer).toString('base64');
    default:
      return value;
  }
}

/** A row that need not be stored: its type, its columns, and its lookups as what a create could send. */
function writeRowValue({ parts, base, writer }: RequestContext, { table: name, id, row }: RowValue) {
  const table = parts.metadata.table(name)!;
  const isLookup = (column: string) => table.columns.get(column)?.type === 'lookup';
  const plain = Object.keys(row).filter((column) => !isLookup(column));
  const binds = Object.keys(row).flatMap((column) => {
    const lookup = row[column] as Lookup | null;
    const navigation = lookup && isLookup(column) ? navigationOf(table, column, lookup.table) : undefined;
    if (lookup === null || navigation === undefined) return [];
    return [[`${navigation}@odata.bind`, rowUrl(base, parts.metadata.table(lookup.table)!, lookup.id)] as const];
  });
  const { '@odata.etag': _etag, ...columns } = shownRows(table, plain, writer)(row);
  const key = id === undefined ? {} : { [table.primaryId]: id };
  return { '@odata.type': `#Microsoft.Dynamics.CRM.${name}`, ...key, ...columns, ...Object.fromEntries(binds) };
}
