import { escapeXml, notEmulated, type HttpRequest, type HttpResponse } from '../../kernel/index.ts';
import type { TableShape } from '../../query/index.ts';
import {
  electronicAddressTable,
  locationTable,
  partyLocationTable,
  partyTable,
  postalAddressTable,
} from '../entities/base-tables.ts';
import { customerTable } from '../entities/customer-table.ts';
import { dualWritePartitions, dualWriteProjects } from '../entities/dual-write-entities.ts';
import { errorLogTable, eventDefinitionTable, projectFieldTable } from '../entities/dual-write-tables.ts';
import { faults } from '../faults.ts';
import { requireCompany, userOf, type ServiceParts } from '../odata-service/call.ts';
import { systemAdministrator } from '../security/roles.ts';
import { page } from './page.ts';

/** Tables that can be looked at, by their AOT names. */
const tables: Readonly<Record<string, TableShape>> = {
  BusinessEventsDefinition: eventDefinitionTable,
  CustTable: customerTable,
  DirPartyLocation: partyLocationTable,
  DirPartyTable: partyTable,
  DualWriteErrorLog: errorLogTable,
  DualWriteProjectConfiguration: dualWriteProjects.shape,
  DualWriteProjectFieldConfiguration: projectFieldTable,
  DualWriteProjectPartitionMapping: dualWritePartitions.shape,
  LogisticsElectronicAddress: electronicAddressTable,
  LogisticsLocation: locationTable,
  LogisticsPostalAddress: postalAddressTable,
};

const most = 1000;

/**
 * The table browser: `/?mi=SysTableBrowser&tableName=<AOT name>&cmp=<company>` shows the rows of a table, those of the company when
 * it has one. Administrators only. The latest come first.
 *
 * Decided: no more than 1,000 rows, and rows cannot be changed here.
 *
 * @throws Fault 403 for somebody else, 501 for a table that is not among those above
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/data-entities/dual-write/dual-write-troubleshooting-live-sync
 */
export function answerTableBrowser(parts: ServiceParts, request: HttpRequest, query: URLSearchParams): HttpResponse {
  const user = userOf(parts, request);
  const asked = query.get('tableName') ?? '';
  const name = Object.keys(tables).find((one) => one.toLowerCase() === asked.toLowerCase());
  if (!user.roles.includes(systemAdministrator)) throw faults.accessDenied('read', asked);
  if (name === undefined)
    throw notEmulated(`The table browser of '${asked}'`, `It shows ${Object.keys(tables).join(', ')}.`);
  const company = requireCompany(user, (query.get('cmp') || user.defaultCompany).toLowerCase());
  const shape = tables[name]!;
  const rows = parts.store.find(shape, shape.columns.has('dataAreaId') ? { dataAreaId: company } : {}).reverse();
  const columns = [...shape.columns.keys()];
  const line = (cells: readonly string[]) => `<tr>${cells.join('')}</tr>`;
  const head = line(columns.map((column) => `<th scope="col">${column}</th>`));
  const body = rows
    .slice(0, most)
    .map((row) => line(columns.map((column) => `<td>${escapeXml(String(row[column] ?? ''))}</td>`)));
  const count = rows.length > most ? `The latest ${most} of ${rows.length} rows` : `${rows.length} rows`;
  const table = `<table><caption>${count}</caption><thead>${head}</thead><tbody>${body.join('\n')}</tbody></table>`;
  return page(name, company, table);
}
