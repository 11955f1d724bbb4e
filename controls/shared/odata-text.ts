/** A text as it stands in an OData filter in an address: quotes doubled, then percent-encoded. */
export function quoted(text: string): string {
  return `'${encodeURIComponent(text.replace(/'/g, "''"))}'`;
}

/** An id as it stands in a filter: no braces, which some hosts put around it. */
export function plainId(id: string): string {
  return id.replace(/[{}]/g, '').toLowerCase();
}
