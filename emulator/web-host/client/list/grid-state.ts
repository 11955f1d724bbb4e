import type { Row } from '../web-api/web-api';
import type { Order } from './view-query';

type Handler = (context: unknown) => unknown;

/** What a grid shows just now, apart from how it is drawn: what commands and scripts ask of it. */
export class GridState {
  table = '';
  primaryId = '';
  primaryName = '';
  viewId = '';
  viewName = '';
  isPersonalView = false;
  fetchXml = '';
  /** What the user has ordered the rows by; empty: as the view does. */
  orders: readonly Order[] = [];
  rows: readonly Row[] = [];
  total = -1;
  selected: readonly string[] = [];
  relationship: { readonly name: string; readonly attributeName: string } | undefined;
  readonly onLoad: Handler[] = [];
  /** Reads the rows anew. */
  refresh: () => void = () => undefined;
  /** Tells whoever listens that rows have been read. */
  tell: () => void = () => this.onLoad.forEach((handler) => handler({}));

  loaded(read: { readonly rows: readonly Row[]; readonly total: number; readonly fetchXml: string }): void {
    Object.assign(this, read);
    this.tell();
  }

  selectedRows(): readonly Row[] {
    const marked = new Set(this.selected);
    return this.rows.filter((row) => marked.has(String(row[this.primaryId])));
  }
}
