import type { HttpResponse } from '../../kernel/index.ts';
import { faults } from '../faults.ts';
import { blockSize, type OpenedFile } from '../files/files.ts';
import type { FilePlace } from '../files/stored-files.ts';
import type { ColumnMetadata, TableMetadata } from '../metadata/model.ts';
import { noContent, version } from './answer.ts';
import { requireKnownOptions } from './bind-options.ts';
import type { RowKey } from './references.ts';
import type { RequestContext } from './request-context.ts';
import { requireId } from './row-requests.ts';
import { rowUrl } from './write-row.ts';

const fileOptions = new Set(['size', 'sessiontoken', 'x-ms-file-name', 'tag']);

/**
 * The content of a file or image column: `<row>/<column>` takes it, whole or in chunks, `<row>/<column>/$value` hands it
 * out as bytes, and `<row>/<column>` as base64 in JSON.
 *
 * Decided: the latter as `dynamics-web-api` reads it; in the row itself the column shows the id of its file.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/file-column-data
 */
export async function fileRequest(
  context: RequestContext,
  table: TableMetadata,
  key: RowKey,
  column: ColumnMetadata,
  isRaw: boolean,
): Promise<HttpResponse> {
  requireKnownOptions(context, fileOptions);
  const place: FilePlace = { table, id: requireId(table, key), column };
  const { method } = context.request;
  if (method === 'GET') return isRaw ? download(context, place) : asProperty(context, place);
  if (method === 'PATCH' || method === 'PUT') return upload(context, place);
  if (method === 'DELETE') return empty(context, place);
  throw faults.methodNotAllowed(method);
}

/** Whether the request is about the content of the column, and not about the value the row shows. */
export function isAboutContent({ request }: RequestContext, { file, attributeType }: ColumnMetadata): boolean {
  if (file === undefined) return false;
  if (request.method === 'PATCH' || request.method === 'GET') return true;
  // An image is the value of its column too: `PUT {"value": …}` and DELETE are as for any other.
  const isJson = /^application\/json/i.test(request.headers['content-type'] ?? '');
  return attributeType === 'File' || (request.method === 'PUT' && !isJson);
}

/** What scripts of another origin may read. */
const exposed = (...names: string[]) => ({ 'Access-Control-Expose-Headers': names.join('; ') });

function download({ parts, caller, options, request }: RequestContext, place: FilePlace): HttpResponse {
  const file = parts.files.open(place, caller, options.get('size') === 'full' ? 'full' : 'thumbnail');
  if (file === undefined) return noContent;
  const stretch = readRange(request.headers['range'], file.size);
  const headers = {
    ...version,
    'Content-Type': 'application/octet-stream',
    'Content-Disposition': `attachment; filename="${headerText(file.name)}"`,
    'x-ms-file-size': String(file.size),
    'x-ms-file-name': headerText(file.name),
    mimetype: file.mimeType,
    'Accept-Ranges': 'bytes',
  };
  if (stretch === undefined)
    return {
      status: 200,
      headers: { ...headers, ...exposed('x-ms-file-size', 'x-ms-file-name', 'mimetype') },
      body: file.read(0, file.size),
    };
  return {
    status: 206,
    headers: { ...headers, ...partHeaders(file, stretch) },
    body: file.read(stretch.from, stretch.length),
  };
}

function partHeaders({ size }: OpenedFile, { from, length }: Stretch): Record<string, string> {
  return {
    'x-ms-chunk-size': String(blockSize),
    'Content-Range': `bytes ${from}-${Math.max(from, from + length - 1)}/${size}`,
    ...exposed('x-ms-file-size', 'x-ms-file-name', 'x-ms-chunk-size', 'mimetype'),
  };
}

/** The same as the value of the property: `{"value": <base64>}`. */
function asProperty(context: RequestContext, place: FilePlace): HttpResponse {
  const { status, headers, body } = download(context, place);
  if (status === 204) return noContent;
  const address = `${context.base}/$metadata#${place.table.entitySetName}(${place.id})/${place.column.logicalName}`;
  const type = { 'Content-Type': 'application/json; odata.metadata=minimal' };
  const value = Buffer.from(body).toString('base64');
  return { status, headers: { ...headers, ...type }, body: JSON.stringify({ '@odata.context': address, value }) };
}

interface Stretch {
  readonly from: number;
  readonly length: number;
}

/** `bytes=0-4194303`; a client may ask once more at the very end, and gets nothing. @throws Fault 416 behind the end */
function readRange(text: string | undefined, size: number): Stretch | undefined {
  const [, first, last] = /^bytes=(\d+)-(\d*)/.exec(text ?? '') ?? [];
  if (first === undefined) return undefined;
  const from = Number(first);
  const to = last === '' || last === undefined ? size - 1 : Number(last);
  if (from > size || to < from) throw faults.rangeOutside(text!, size);
  return { from, length: Math.min(to + 1, size) - from };
}

/** Headers hold no letters beyond Latin-1; those are percent-encoded, as is what is no text of a header. */
const headerText = (text: string) => (/^[ -~]*$/.test(text) && !text.includes('"') ? text : encodeURIComponent(text));

async function upload(context: RequestContext, place: FilePlace): Promise<HttpResponse> {
  const { parts, caller, request, options } = context;
  const { files, database } = parts;
  const session = options.get('sessiontoken');
  if (session !== undefined) return takeChunk(context, session);
  const fileName = fileNameOf(context, place);
  files.requireWritable(place, fileName, caller);
  const asked = { table: place.table.logicalName, row: place.id, column: place.column.logicalName, fileName };
  const begin = () => files.transfers.begin(asked, caller);
  if (/^chunked$/i.test(request.headers['x-ms-transfer-mode'] ?? ''))
    return begun(context, place, await database.transaction(async () => begin()));
  await database.transaction(async () => {
    const transfer = files.transfers.of(begin(), caller);
    files.stored.blocks.put(transfer.id, chunkName(0), request.body);
    await files.commit(transfer, [chunkName(0)], {}, caller);
  });
  return noContent;
}

function begun({ base }: RequestContext, { table, id, column }: FilePlace, token: string): HttpResponse {
  const headers = {
    ...version,
    'Accept-Ranges': 'bytes',
    Location: `${rowUrl(base, table, id)}/${column.logicalName}?sessiontoken=${token}`,
    'x-ms-chunk-size': String(blockSize),
    ...exposed('x-ms-chunk-size', 'Location'),
  };
  return { status: 200, headers, body: '' };
}

/** Chunks are named so that the order of their names is that of the file. */
const chunkName = (from: number) => String(from).padStart(12, '0');

/** One chunk of an upload, `Content-Range: bytes 0-4194303/25870370`; the one that ends the file commits it. */
async function takeChunk({ parts, caller, request }: RequestContext, session: string): Promise<HttpResponse> {
  const { files, database } = parts;
  const range = request.headers['content-range'] ?? '';
  const [, first, last, total] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(range.trim()) ?? [];
  if (total === undefined)
    throw faults.invalidArgument(
      `Invalid Argument: the Content-Range '${range}' is not 'bytes <first>-<last>/<size>'.`,
    );
  const [from, to, size] = [Number(first), Number(last), Number(total)];
  if (to - from + 1 !== request.body.length || to >= size)
    throw faults.invalidArgument(
      `Invalid Argument: the Content-Range '${range}' does not fit the ${request.body.length} bytes of the body.`,
    );
  return database.transaction(async () => {
    const transfer = files.transfers.of(session, caller);
    if (files.stored.blocks.size(transfer.id) < from)
      throw faults.invalidArgument(`Invalid Argument: the chunks before '${range}' have not come yet.`);
    files.stored.blocks.put(transfer.id, chunkName(from), request.body);
    if (to + 1 < size) return { status: 206, headers: version, body: '' };
    await files.commit(transfer, files.stored.blocks.names(transfer.id), {}, caller);
    return noContent;
  });
}

/** In the header, or in the query, where every letter has room. @throws Fault for a file without a name */
function fileNameOf({ request, options }: RequestContext, { column }: FilePlace): string {
  const name = decoded(request.headers['x-ms-file-name'] ?? '') || (options.get('x-ms-file-name') ?? '');
  if (name !== '') return name.replaceAll(/^"|"$/g, '');
  if (column.attributeType === 'Image') return column.logicalName;
  throw faults.invalidArgument("Invalid Argument: the header 'x-ms-file-name' is missing; it names the file.");
}

/** Clients percent-encode what a header cannot hold. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

async function empty({ parts, caller }: RequestContext, place: FilePlace): Promise<HttpResponse> {
  const { table, id, column } = place;
  const { logicalName } = column;
  const companion = `${logicalName}_name`;
  const gone = { [logicalName]: null, ...(table.columns.has(companion) ? { [companion]: null } : {}) };
  await parts.pipeline.update(table.logicalName, id, gone, caller);
  return noContent;
}
