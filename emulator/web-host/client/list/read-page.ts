import type { Table } from '../web-api/metadata';
import { get, type Row } from '../web-api/web-api';
import { viewQuery, type ViewOptions } from './view-query';

export interface PageOfRows {
  readonly rows: readonly Row[];
  /** -1 where the service does not count. */
  readonly total: number;
  readonly hasMore: boolean;
}

export async function readPage(table: Table, fetchXml: string, options: ViewOptions): Promise<PageOfRows> {
  const fetch = encodeURIComponent(viewQuery(fetchXml, options));
  const body = await get<Row & { value: Row[] }>(`${table.set}?fetchXml=${fetch}`);
  return {
    rows: body.value,
    total: Number(body['@Microsoft.Dynamics.CRM.totalrecordcount'] ?? -1),
    hasMore: body['@Microsoft.Dynamics.CRM.morerecords'] === true,
  };
}
