import { request, type HttpHandler } from '../kernel/index.ts';
import type { EntityRow } from '../finance-operations/contract.ts';
import { literal, readEntity, user } from './pages.ts';
import type { TableMap } from './table-map.ts';
import { keyText, type Body } from './to-finance-operations.ts';

/** Keys of one question: what the URL of a real service would take. */
const mostKeys = 100;

/** Those of these keys finance and operations has a row of. */
export async function keysThere(map: TableMap, keys: readonly Body[], handle: HttpHandler): Promise<ReadonlySet<Body>> {
  const { key: names, fields } = map.entity;
  // Texts are compared as they are, whatever their case; other types may be written in several ways, so they are asked one by one.
  const isText = names.every((name) => fields.get(name)!.type === 'string');
  const there = new Set<Body>();
  if (!isText) {
    for (const key of keys) if (await isInFinanceOperations(map, key, handle)) there.add(key);
    return there;
  }
  const textOf = (row: Body | EntityRow) => names.map((name) => String(row[name] ?? '').toLowerCase()).join('\n');
  for (let at = 0; at < keys.length; at += mostKeys) {
    const some = keys.slice(at, at + mostKeys);
    const found = await readEntity(map, handle, { select: names, filters: keyFilters(map, some) });
    const texts = new Set(found.map(textOf));
    for (const key of some) if (texts.has(textOf(key))) there.add(key);
  }
  return there;
}

/** One company where all keys have one, so that the index on the key serves; then the rest of each. */
function keyFilters(map: TableMap, keys: readonly Body[]): string[] {
  const equal = (name: string, key: Body) => `${name} eq ${literal(map, name, key[name] ?? '')}`;
  const rest = map.entity.key.filter((name) => name !== 'dataAreaId');
  const companies = new Map(map.entity.isCompanyBound ? keys.map((key) => [key['dataAreaId'], key]) : []);
  const filters = [...companies.values()].map((key) => equal('dataAreaId', key));
  const ways = keys.map((key) => `(${rest.map((name) => equal(name, key)).join(' and ')})`);
  return [...(filters.length === 0 ? [] : [`(${filters.join(' or ')})`]), `(${ways.join(' or ')})`];
}

async function isInFinanceOperations(map: TableMap, key: Body, handle: HttpHandler): Promise<boolean> {
  const url = `/data/${map.entity.set}(${keyText(map, key)})?cross-company=true&$select=${map.entity.key[0]}`;
  return (await handle(request('GET', url, user))).status === 200;
}
