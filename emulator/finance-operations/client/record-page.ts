import { escapeXml, type HttpRequest, type HttpResponse } from '../../kernel/index.ts';
import type { EntityDefinition } from '../entities/entity.ts';
import type { EntityRow } from '../contract.ts';
import { faults } from '../faults.ts';
import { requireCompany, requireRight, userOf, type ServiceParts } from '../odata-service/call.ts';
import { recIdOf } from '../row-id.ts';
import { page } from './page.ts';
import { answerTableBrowser } from './table-browser.ts';

const navigation = 'action:SysEntityNavigation';

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
  if (request.method === 'GET' && text('mi') === 'SysTableBrowser') return answerTableBrowser(parts, request, query);
  if (request.method !== 'GET' || text('mi') !== navigation) throw faults.notFound(request.url);
  const entity = entityOf(parts, text('entityName'), text('entityGuid'));
  if (entity === undefined) throw faults.notFound(`${text('entityName')} ${text('entityGuid')}`);
  const user = userOf(parts, request);
  requireRight(user, entity, 'read', parts.store);
  const company = requireCompany(user, (text('cmp') || user.defaultCompany).toLowerCase());
  const RecId = Number(recIdOf(entity.id, text('entityGuid')));
  const [row] = parts.store.find(entity.shape, { RecId });
  // A record is seen in its own company only.
  if (row === undefined || (entity.isCompanyBound && row['dataAreaId'] !== company))
    throw faults.rowNotFound(entity.set);
  return pageOf(entity, row, company);
}

/** The id names the entity; the name of the set has to agree. */
function entityOf({ entities }: ServiceParts, set: string, id: string): EntityDefinition | undefined {
  const stem = (name: string) => `mserp_${name.toLowerCase().replace(/y$/, '')}`;
  return [...entities.values()].find(
    (one) => recIdOf(one.id, id) !== undefined && set.toLowerCase().startsWith(stem(one.name)),
  );
}

function pageOf(entity: EntityDefinition, row: EntityRow, company: string): HttpResponse {
  const title = `${entity.label} | ${entity.key.map((name) => String(row[name])).join(' | ')}`;
  const lines = [...entity.fields.keys()].map(
    (name) => `<tr><th scope="row">${name}</th><td>${escapeXml(String(row[name] ?? ''))}</td></tr>`,
  );
  return page(title, company, `<table>${lines.join('\n')}</table>`);
}
