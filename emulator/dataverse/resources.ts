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
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
  html: 'text/html; charset=utf-8',
};

const notFound: HttpResponse = {
  status: 404,
  headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  body: 'The web resource was not found.',
};
// A web resource is somebody's content: it must not be sniffed into something else, and is read afresh after an import.
const common = { 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-cache' };

/** Serves `/WebResources/<name>` and `/CustomControls/<name>/<file>` from what was imported. */
export function handleResourceRequest(database: Database, request: HttpRequest): HttpResponse {
  const path = decodeURIComponent(request.url.split('?', 1)[0]!);
  const resource = /^\/WebResources\/(.+)$/i.exec(path)?.[1];
  if (resource !== undefined) {
    const row = database.get('select content, webresourcetype from webresource where name = ?', [resource]);
    if (row === undefined) return notFound;
    return {
      status: 200,
      headers: { 'Content-Type': byType[Number(row['webresourcetype'])] ?? 'application/octet-stream', ...common },
      body: Buffer.from(String(row['content']), 'base64'),
    };
  }
  const [, control, file] = /^\/CustomControls\/([^/]+)\/(.+)$/i.exec(path) ?? [];
  const row =
    control === undefined
      ? undefined
      : database.get('select content from "emulator$control_files" where control = ? and file = ?', [control, file!]);
  if (row === undefined) return notFound;
  const extension = /\.([^.]+)$/.exec(file!)?.[1] ?? '';
  return {
    status: 200,
    headers: { 'Content-Type': byExtension[extension] ?? 'application/octet-stream', ...common },
    body: Buffer.from(row['content'] as Buffer),
  };
}
