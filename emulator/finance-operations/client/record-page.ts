import { createHash } from 'node:crypto';
import { escapeXml, type HttpRequest, type HttpResponse } from '../../kernel/index.ts';
import type { EntityDefinition } from '../entities/entity.ts';
import type { EntityRow } from '../contract.ts';
import { faults } from '../faults.ts';
import { requireCompany, requireRight, userOf, type ServiceParts } from '../odata-service/call.ts';
import { recIdOf } from '../row-id.ts';

const navigation = 'action:SysEntityNavigation';

/** Light and dark as the browser is; forced colours need nothing of it. */
const style = `
:root { color-scheme: light dark; font: 14px/20px 'Segoe UI', system-ui, sans-serif; }
body { margin: 0; background: light-dark(#faf9f8, #1b1a19); color: light-dark(#323130, #f3f2f1); }
header { padding: 12px 24px; background: light-dark(#002050, #0b1d3a); color: #fff; }
main { margin: 16px 24px; padding: 8px 24px 16px; max-width: 64rem; background: light-dark(#fff, #252423); border-radius: 4px; }
h1 { font-size: 20px; line-height: 28px; font-weight: 600; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 6px 8px; border-bottom: 1px solid light-dark(#edebe9, #3b3a39); text-align: start; vertical-align: top; overflow-wrap: anywhere; }
th { width: 40%; font-weight: 400; color: light-dark(#605e5c, #c8c6c4); }
`;
const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`;

/**
 * The page a deep link from Dataverse leads to: `/?cmp=<company>&mi=action:SysEntityNavigation&entityName=<set of the virtual
 * table>&entityGuid=<id of the virtual row>`. The platform opens the form of the record; here its fields are shown.
 *
 * @throws Fault 404 for another page, an entity or a row there is not; 401, 403 as everywhere
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/user-interface/create-deep-links
 */
export function answerDeepLink(parts: ServiceParts, request: HttpRequest): HttpResponse {
  const query = new URLSearchParams(request.url.split('?')[1] ?? '');
  const text = (name: string) => query.get(name) ?? '';
  if (request.method !== 'GET' || text('mi') !== navigation) throw faults.notFound(request.url);
  const entity = entityOf(parts, text('entityName'), text('entityGuid'));
  if (entity === undefined) throw faults.notFound(`${text('entityName')} ${text('entityGuid')}`);
  const user = userOf(parts, request);
  requireRight(user, entity, 'read');
  const company = requireCompany(user, (text('cmp') || user.defaultCompany).toLowerCase());
  const RecId = Number(recIdOf(entity.id, text('entityGuid')));
  const [row] = parts.store.find(entity.shape, { RecId });
  // A record is seen in its own company only.
  if (row === undefined || (entity.isCompanyBound && row['dataAreaId'] !== company))
    throw faults.rowNotFound(entity.set);
  return {
    status: 200,
    headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy },
    body: pageOf(entity, row, company),
  };
}

/** The id names the entity; the name of the set has to agree. */
function entityOf({ entities }: ServiceParts, set: string, id: string): EntityDefinition | undefined {
  const stem = (name: string) => `mserp_${name.toLowerCase().replace(/y$/, '')}`;
  return [...entities.values()].find(
    (one) => recIdOf(one.id, id) !== undefined && set.toLowerCase().startsWith(stem(one.name)),
  );
}

function pageOf(entity: EntityDefinition, row: EntityRow, company: string): string {
  const title = `${entity.label} | ${entity.key.map((name) => String(row[name])).join(' | ')}`;
  const lines = [...entity.fields.keys()].map(
    (name) => `<tr><th scope="row">${name}</th><td>${escapeXml(String(row[name] ?? ''))}</td></tr>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeXml(title)}</title>
<style>${style}</style></head>
<body><header>Finance and Operations · ${escapeXml(company.toUpperCase())}</header>
<main><h1>${escapeXml(title)}</h1><table>${lines.join('\n')}</table></main></body></html>`;
}
