import { completeDateGroups } from './date-groups';

/** What a chart shows beside what it asks for itself: the rows of a view, narrowed as the list is. */
export interface ChartScope {
  readonly viewFetchXml: string;
  readonly keyword: string;
  readonly keywordColumns: readonly string[];
  readonly related: { readonly column: string; readonly id: string } | undefined;
}

/** The chart's aggregate over the rows of the view: the view's filters and the links they need, not its columns or order. */
export function chartQuery(fetchXml: string, scope: ChartScope): string {
  const document = new DOMParser().parseFromString(fetchXml, 'application/xml');
  const fetch = document.documentElement;
  const entity = fetch.querySelector(':scope > entity')!;
  const view = new DOMParser().parseFromString(scope.viewFetchXml, 'application/xml').querySelector('fetch > entity');
  for (const part of view?.children ?? []) {
    if (part.tagName !== 'filter' && part.tagName !== 'link-entity') continue;
    const copy = document.importNode(part, true);
    if (part.tagName === 'link-entity')
      for (const shown of copy.querySelectorAll('attribute, all-attributes, order')) shown.remove();
    entity.appendChild(copy);
  }
  completeDateGroups(fetch);
  addScope(entity, scope);
  return new XMLSerializer().serializeToString(document);
}

function addScope(entity: Element, { keyword, keywordColumns, related }: ChartScope): void {
  const add = (parent: Element, name: string, attributes: Record<string, string>) => {
    const element = parent.ownerDocument.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return parent.appendChild(element);
  };
  if (related !== undefined)
    add(add(entity, 'filter', {}), 'condition', { attribute: related.column, operator: 'eq', value: related.id });
  if (keyword === '' || keywordColumns.length === 0) return;
  const anyOf = add(entity, 'filter', { type: 'or' });
  const value = `%${keyword.replaceAll(/[[%_]/g, '[$&]')}%`;
  for (const attribute of keywordColumns) add(anyOf, 'condition', { attribute, operator: 'like', value });
}
