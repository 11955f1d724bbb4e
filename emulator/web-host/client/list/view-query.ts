export interface ViewOptions {
  readonly page: number;
  readonly pageSize: number;
  readonly order: { readonly column: string; readonly isDescending: boolean } | undefined;
  /** What the user types to narrow the list, and the columns it is looked for in. */
  readonly keyword: string;
  readonly keywordColumns: readonly string[];
  /** Only rows whose lookup `column` points at `id`. */
  readonly related: { readonly column: string; readonly id: string } | undefined;
}

/** The fetch of a view, one page of it, ordered and narrowed as the user wants. Values get into it as attributes, never as text. */
export function viewQuery(fetchXml: string, options: ViewOptions): string {
  const document = new DOMParser().parseFromString(fetchXml, 'application/xml');
  const fetch = document.documentElement;
  const entity = fetch.querySelector(':scope > entity');
  if (entity === null) throw new Error('The query of this view cannot be read.');
  const add = (parent: Element, name: string, attributes: Record<string, string>) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    parent.appendChild(element);
    return element;
  };
  fetch.setAttribute('page', String(options.page));
  fetch.setAttribute('count', String(options.pageSize));
  fetch.setAttribute('returntotalrecordcount', 'true');
  if (options.order !== undefined) {
    entity.querySelectorAll(':scope > order').forEach((order) => order.remove());
    add(entity, 'order', { attribute: options.order.column, descending: String(options.order.isDescending) });
  }
  if (options.related !== undefined) {
    const { column, id } = options.related;
    add(add(entity, 'filter', { type: 'and' }), 'condition', { attribute: column, operator: 'eq', value: id });
  }
  if (options.keyword !== '') {
    const anyOf = add(entity, 'filter', { type: 'or' });
    const value = `%${options.keyword.replaceAll(/[[%_]/g, '[$&]')}%`;
    for (const attribute of options.keywordColumns) add(anyOf, 'condition', { attribute, operator: 'like', value });
  }
  return new XMLSerializer().serializeToString(document);
}
