import { connect, type Socket } from 'node:net';

export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** What an exchange sends; the body is JSON text. */
export interface Question {
  readonly method: string;
  /** Path and query; what an address may not hold is written in its escaped form. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

export type Exchange = (origin: string, question: Question) => Promise<Answer>;

/** A connection that waits longer is closed, long before the service would close it. */
const idleMs = 3000;

/**
 * Exchanges over kept connections, one at a time on each.
 *
 * Decided: HTTP/1.1 is spoken here by hand, as little of it as finance and operations answers in: a status, a
 * Content-Length, a body. The client of Node costs a third of what reading a page does, `fetch` more than all of it.
 *
 * @param now milliseconds; what has waited too long may be closed any moment, though nobody here has had time to hear of it
 * @returns rejects when the connection ends, or the answer is none of those
 */
export function createExchange(now: () => number = () => performance.now()): Exchange {
  const idle = new Map<string, Connection[]>();
  return async (origin, question) => {
    const waiting = idle.get(origin) ?? [];
    idle.set(origin, waiting);
    const text = requestText(origin, question);
    for (let kept = waiting.pop(); kept !== undefined; kept = waiting.pop()) if (kept.isFresh(now())) return use(kept);
    return use(new Connection(origin));

    async function use(connection: Connection): Promise<Answer> {
      const answer = await connection.ask(text);
      connection.waitsSince = now();
      waiting.push(connection);
      return answer;
    }
  };
}

function requestText(origin: string, { method, path, headers, body = '' }: Question): Buffer {
  const address = /[^\x21-\x7e]/.test(path) ? escaped(origin, path) : path;
  const lines = [`${method} ${address} HTTP/1.1`, `Host: ${origin.slice(origin.indexOf('//') + 2)}`];
  for (const [name, value] of Object.entries(headers)) {
    if (/[^\t\x20-\x7e\x80-\xff]/.test(value)) throw new Error(`The header '${name}' cannot hold '${value}'.`);
    lines.push(`${name}: ${value}`);
  }
  if (body !== '') lines.push(`Content-Length: ${Buffer.byteLength(body)}`);
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  return body === '' ? head : Buffer.concat([head, Buffer.from(body)]);
}

function escaped(origin: string, path: string): string {
  const { pathname, search } = new URL(origin + path);
  return pathname + search;
}

const noBytes = Buffer.alloc(0);
const endOfHead = '\r\n\r\n';

class Connection {
  waitsSince = 0;
  private readonly socket: Socket;
  private received: Buffer = noBytes;
  private head: { readonly status: number; readonly start: number; readonly end: number } | undefined;
  private waits: { done(answer: Answer): void; failed(error: Error): void } | undefined;

  constructor(origin: string) {
    const { hostname, port } = new URL(origin);
    this.socket = connect({ host: hostname, port: Number(port), noDelay: true });
    this.socket.on('data', (chunk) => this.take(chunk));
    this.socket.on('error', (error) => this.fail(error));
    this.socket.on('close', () => this.fail(new Error('The connection was closed before the answer was whole.')));
    this.socket.on('timeout', () => this.waits === undefined && this.socket.destroy());
    this.socket.setTimeout(idleMs);
  }

  /** May be used: it is open, and has not waited so long that the service could be closing it. */
  isFresh(now: number): boolean {
    if (now - this.waitsSince >= idleMs) this.socket.destroy();
    return this.socket.writable && !this.socket.destroyed;
  }

  ask(text: Buffer): Promise<Answer> {
    return new Promise((done, failed) => {
      this.waits = { done, failed };
      this.socket.ref();
      this.socket.write(text);
    });
  }

  private take(chunk: Buffer): void {
    this.received = this.received.length === 0 ? chunk : Buffer.concat([this.received, chunk]);
    try {
      this.head ??= readHead(this.received);
    } catch (error) {
      this.socket.destroy(error as Error);
      return;
    }
    if (this.head === undefined || this.received.length < this.head.end) return;
    const { status, start, end } = this.head;
    const text = this.received.toString('utf8', start, end);
    const waits = this.waits;
    this.received = noBytes;
    this.head = undefined;
    this.waits = undefined;
    // A kept connection keeps no process alive.
    this.socket.unref();
    waits?.done({ status, text });
  }

  private fail(error: Error): void {
    this.waits?.failed(error);
    this.waits = undefined;
    this.socket.destroy();
  }
}

/** Undefined while it is not whole. @throws Error for an answer without a length */
function readHead(bytes: Buffer): { status: number; start: number; end: number } | undefined {
  const at = bytes.indexOf(endOfHead);
  if (at < 0) return undefined;
  const text = bytes.toString('latin1', 0, at);
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1]);
  const length = status === 204 ? 0 : Number(/^content-length: *(\d+) *$/im.exec(text)?.[1]);
  if (Number.isNaN(status) || Number.isNaN(length))
    throw new Error(`The answer cannot be read: ${text.split('\r\n')[0]}`);
  const start = at + endOfHead.length;
  return { status, start, end: start + length };
}
