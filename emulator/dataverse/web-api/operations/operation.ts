import type { HttpResponse } from '../../../kernel/index.ts';
import type { TableMetadata } from '../../metadata/model.ts';
import { answer } from '../answer.ts';
import type { RowKey } from '../references.ts';
import type { RequestContext } from '../request-context.ts';

/** An operation as the URL names it. */
export interface OperationCall {
  readonly name: string;
  /** Parameters in its brackets, as written; undefined without brackets. */
  readonly inside: string | undefined;
  /** The set or row it is bound to; undefined for an unbound one. */
  readonly bound: { readonly table: TableMetadata; readonly key?: RowKey } | undefined;
}

/** A function (GET) or an action (POST). */
export interface Operation {
  readonly method: 'GET' | 'POST';
  /** What it is called on; undefined is nothing. */
  readonly boundTo?: 'set' | 'row';
  /** The only table whose rows or set it is called on; undefined is any. */
  readonly table?: string;
  run(context: RequestContext, call: OperationCall): Promise<HttpResponse>;
}

export type Operations = Readonly<Record<string, Operation>>;

/** The response type of an operation with these properties. */
export function respond(context: RequestContext, name: string, body: Record<string, unknown>): HttpResponse {
  return answer(context, {
    '@odata.context': `${context.base}/$metadata#Microsoft.Dynamics.CRM.${name}Response`,
    ...body,
  });
}
