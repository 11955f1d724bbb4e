import { randomUUID } from 'node:crypto';
import type { BatchItem, BatchRequest, Exchange } from '../contract-case.ts';
import type { Target } from './target.ts';

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- cases say what it holds
}

/** Speaks to a target and remembers what the cases name. */
export class Session {
  readonly values = new Map<string, string>();
  /** Rows that were made, as URLs. */
  readonly made: string[] = [];

  constructor(readonly target: Target) {
    this.values.set('base', target.base);
    this.values.set('path', new URL(target.base).pathname);
    for (const [name, id] of Object.entries(target.users)) this.values.set(name, id);
  }

  /** The text, or every text in the value, with its names filled in. @throws Error for a name nobody gave */
  fill<T>(value: T): T {
    if (typeof value === 'string') return this.fillText(value) as T;
    if (Array.isArray(value)) return value.map((one: unknown) => this.fill(one)) as T;
    if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [this.fillText(key), this.fill<unknown>(inner)]),
    ) as T;
  }

  private fillText(text: string): string {
    return text.replace(/\{(new:)?([a-z][\w:]*)\}/gi, (whole, isNew: string | undefined, name: string) => {
      if (isNew !== undefined && !this.values.has(name)) this.values.set(name, randomUUID());
      const value = this.values.get(name);
      if (value === undefined) throw new Error(`Nothing is named ${whole}.`);
      return value;
    });
  }

  async send(exchange: Exchange): Promise<Answer> {
    const [, method, path] = /^(\w+) (.*)$/s.exec(this.fill(exchange.send))!;
    const options = Object.entries(exchange.query ?? {}).map(
      ([name, value]) => `${name}=${encodeURIComponent(this.fill(value))}`,
    );
    // An absolute URL is one the target gave: it is sent as it stands.
    const address = /^https?:/.test(path!) ? path! : encodeURI(`${this.target.base}/${path}`);
    const url = address + this.separator(path!, options) + options.join('&');
    const { body, type } = this.bodyOf(exchange);
    const response = await fetch(url, {
      method,
      headers: {
        Authorization: `Bearer ${this.target.token}`,
        Accept: 'application/json',
        ...(type === undefined ? {} : { 'Content-Type': type }),
        ...(exchange.as === undefined ? {} : { MSCRMCallerID: this.fill(`{${exchange.as}}`) }),
        ...this.fill(exchange.headers ?? {}),
      },
      ...(body === undefined ? {} : { body }),
    });
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer());
    const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
    this.remember(response, isJson && text !== '' ? JSON.parse(text) : undefined);
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson && text !== '' ? JSON.parse(text) : undefined,
    };
  }

  private separator(path: string, options: readonly string[]): string {
    if (options.length === 0) return '';
    return path.includes('?') ? '&' : '?';
  }

  private bodyOf({ body, batch }: Exchange): { body?: string | Buffer<ArrayBuffer>; type?: string } {
    if (Buffer.isBuffer(body)) return { body: Buffer.from(body), type: 'application/octet-stream' };
    if (batch !== undefined) return { body: this.batchText(batch), type: 'multipart/mixed; boundary=batch_contract' };
    if (body === undefined) return {};
    return {
      body: typeof body === 'string' ? this.fill(body) : JSON.stringify(this.fill(body)),
      type: 'application/json',
    };
  }

  private batchText(items: readonly BatchItem[]): string {
    const parts = items.map((item) =>
      Array.isArray(item)
        ? `Content-Type: multipart/mixed; boundary=changeset_contract\r\n\r\n${(item as readonly BatchRequest[]).map((one) => `--changeset_contract\r\n${this.partText(one)}`).join('')}--changeset_contract--\r\n`
        : this.partText(item as BatchRequest),
    );
    return `${parts.map((part) => `--batch_contract\r\n${part}`).join('')}--batch_contract--\r\n`;
  }

  private partText({ send, headers = {}, body, id }: BatchRequest): string {
    const contentId = id === undefined ? '' : `Content-ID: ${id}\r\n`;
    const [, method, url] = /^(\w+) (.*)$/s.exec(this.fill(send))!;
    const all = { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers };
    const lines = Object.entries(this.fill(all)).map(([name, value]) => `${name}: ${value}\r\n`);
    return `Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n${contentId}\r\n${method} ${encodeURI(url!)} HTTP/1.1\r\n${lines.join('')}\r\n${body === undefined ? '' : JSON.stringify(this.fill(body))}\r\n`;
  }

  /** Rows are removed at the end. */
  private remember(response: Response, body: { '@odata.context'?: string } | undefined): void {
    const url =
      response.headers.get('odata-entityid') ?? (response.status === 201 ? response.headers.get('location') : null);
    if (url === null || body?.['@odata.context']?.endsWith('Response')) return;
    this.values.set('id', /\(([^()]*)\)$/.exec(url)?.[1] ?? '');
    this.made.unshift(url.replace(`${this.target.base}/`, ''));
  }

  async create(name: string, set: string, row: object): Promise<void> {
    const { status, text } = await this.send({ send: `POST ${set}`, body: row, status: 204 });
    if (status !== 204) throw new Error(`POST ${set}: ${status} ${text}`);
    this.values.set(name, this.values.get('id')!);
  }

  async post(path: string, body: object): Promise<void> {
    const { status, text } = await this.send({ send: `POST ${path}`, body, status: 204 });
    if (status >= 300) throw new Error(`POST ${path}: ${status} ${text}`);
  }
}
