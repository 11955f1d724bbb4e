import { readGuid, type HttpRequest, type HttpResponse } from '../../kernel/index.ts';
import type { Database } from '../../storage/index.ts';
import type { Caller } from '../contract.ts';
import type { MetadataCatalogue } from '../metadata/model.ts';
import type { Files } from './files.ts';

interface Parts {
  readonly database: Database;
  readonly metadata: MetadataCatalogue;
  readonly files: Files;
}

/**
 * Serves what `entityimage_url` and the like point at: `/Image/download.aspx?Entity=…&Attribute=…&Id=…&Timestamp=…`, the
 * full image with `&Full=true`.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/image-column-data#download-url
 */
export function handleImageRequest({ database, metadata, files }: Parts, url: string, caller: Caller): HttpResponse {
  const options = new URL(url, 'http://localhost').searchParams;
  const table = metadata.table(options.get('Entity') ?? '');
  const column = table?.columns.get((options.get('Attribute') ?? '').toLowerCase());
  const id = readGuid(options.get('Id') ?? '');
  if (table === undefined || column?.attributeType !== 'Image' || id === undefined) return nothing;
  const sql = `select "${table.primaryId}" as id from "${table.logicalName}" where "${column.logicalName}id" = ?`;
  const row = database.get(sql, [id]);
  if (row === undefined) return nothing;
  const want = options.get('Full')?.toLowerCase() === 'true' ? 'full' : 'thumbnail';
  const image = files.open(files.place(table, String(row['id']), column.logicalName), caller, want);
  if (image === undefined) return { status: 204, headers: {}, body: '' };
  // The address changes with the image, so that the browser may keep what it has.
  const headers = { 'Content-Type': image.mimeType, 'Cache-Control': 'private', 'X-Content-Type-Options': 'nosniff' };
  return { status: 200, headers, body: image.read(0, image.size) };
}

export const isImageRequest = ({ method, url }: HttpRequest) =>
  method === 'GET' && /^\/image\/download\.aspx(\?|$)/i.test(url);

const nothing: HttpResponse = {
  status: 404,
  headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  body: 'The image was not found.',
};
