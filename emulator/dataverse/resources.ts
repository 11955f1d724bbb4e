import { createHash } from 'node:crypto';
import type { HttpRequest, HttpResponse } from '../kernel/index.ts';
import type { Database } from '../storage/index.ts';

/** Content types by web resource type: 1 HTML, 2 CSS, 3 JavaScript, 4 XML, 5 PNG, 6 JPG, 7 GIF, 9 XSL, 10 ICO, 11 SVG, 12 RESX. */
const byType: Record<number, string> = {
  1: 'text/html; charset=utf-8',
  2: 'text/css; charset=utf-8',
  3: 'text/javascript; charset=utf-8',
  4: 'text/xml; charset=utf-8',
  5: 'image/png',
  6: 'image/jpeg',
  7: 'image/gif',
  9: 'text/xml; charset=utf-8',
  10: 'image/x-icon',
  11: 'image/svg+xml',
  12: 'text/xml; charset=utf-8',
};

const byExtension: Record<string, string> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  xml: 'text/xml; charset=utf-8',
  resx: 'text/xml; charset=utf-8',
  gif: 'image/gif',
  html: 'text/html; charset=utf-8',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  json: 'application/json; charset=utf-8',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
};

interface Resource {
  readonly type: string | undefined;
  readonly content: Buffer;
}

/** Serves `/WebResources/<name>` and `/CustomControls/<name>/<file>` from what was imported. */
export function handleResourceRequest(database: Database, request: HttpRequest): HttpResponse {
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return plain(405, `The method ${request.method} is not allowed here.`, { Allow: 'GET, HEAD' });
  const resource = find(database, request.url.split('?', 1)[0]!);
  if (resource === undefined) return plain(404, 'The web resource was not found.');
  // A web resource is somebody's content: it must not be sniffed into something else, and is asked for again after an import.
  const headers = {
    ETag: `"${createHash('sha1').update(resource.content).digest('hex')}"`,
    'Cache-Control': 'no-cache',
    'X-Content-Type-Options': 'nosniff',
  };
  if (matches(request.headers['if-none-match'], headers.ETag)) return { status: 304, headers, body: '' };
  const type = { 'Content-Type': resource.type ?? 'application/octet-stream' };
  return { status: 200, headers: { ...headers, ...type }, body: request.method === 'HEAD' ? '' : resource.content };
}

function plain(status: number, body: string, headers: Record<string, string> = {}): HttpResponse {
  return { status, headers: { 'Content-Type': 'text/plain; charset=utf-8', ...headers }, body };
}

const matches = (sent: string | undefined, etag: string) =>
  sent?.split(',').some((one) => one.trim().replace(/^W\//, '') === etag) === true;

function find(database: Database, encoded: string): Resource | undefined {
  const path = decode(encoded);
  const name = /^\/WebResources\/(.+)$/i.exec(path)?.[1];
  if (name !== undefined) return findWebResource(database, name);
  const [, control, file] = /^\/CustomControls\/([^/]+)\/(.+)$/i.exec(path) ?? [];
  return control === undefined ? undefined : findControlFile(database, control, file!);
}

/** A path that is not percent-encoded correctly names nothing. */
function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return '';
  }
}

function findWebResource(database: Database, name: string): Resource | undefined {
  const row = database.get('select content, webresourcetype from webresource where name = ?', [name]);
  if (row === undefined) return undefined;
  return { type: byType[Number(row['webresourcetype'])], content: Buffer.from(String(row['content'] ?? ''), 'base64') };
}

function findControlFile(database: Database, control: string, file: string): Resource | undefined {
  const row = database.get('select content from "emulator$control_files" where control = ? and file = ?', [
    control,
    file,
  ]);
  if (row === undefined) return undefined;
  return {
    type: byExtension[/\.([^.]+)$/.exec(file)?.[1]?.toLowerCase() ?? ''],
    content: Buffer.from(row['content'] as Buffer),
  };
}
