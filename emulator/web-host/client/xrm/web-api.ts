import { readSetName as setOf } from '../web-api/metadata';
import { get, idOf, send, type Row } from '../web-api/web-api';

const plain = (id: string) => id.replace(/[{}]/g, '');

/** `Xrm.WebApi` and `context.webAPI`: rows by logical name of their table. */
export const webApi = {
  async createRecord(table: string, data: Row) {
    const response = await send('POST', await setOf(table), data);
    return { id: idOf(response), entityType: table };
  },
  async retrieveRecord(table: string, id: string, options = '') {
    return get(`${await setOf(table)}(${plain(id)})${options}`);
  },
  async retrieveMultipleRecords(table: string, options = '', maxPageSize?: number) {
    const prefer = `odata.include-annotations="*"${maxPageSize === undefined ? '' : `,odata.maxpagesize=${maxPageSize}`}`;
    const body = await get<{ value: Row[]; '@odata.nextLink'?: string }>(
      `${await setOf(table)}${encodeQuery(options)}`,
      { Prefer: prefer },
    );
    const next = body['@odata.nextLink'];
    return { entities: body.value, nextLink: next === undefined ? '' : next.slice(next.indexOf('?')) };
  },
  async updateRecord(table: string, id: string, data: Row) {
    await send('PATCH', `${await setOf(table)}(${plain(id)})`, data);
    return { id, entityType: table };
  },
  async deleteRecord(table: string, id: string) {
    await send('DELETE', `${await setOf(table)}(${plain(id)})`);
    return { id, entityType: table };
  },
};

/** FetchXML comes as plain text; everything else is a query already. */
function encodeQuery(options: string): string {
  const fetchXml = /^\?fetchXml=(<.*)$/s.exec(options)?.[1];
  return fetchXml === undefined ? options : `?fetchXml=${encodeURIComponent(fetchXml)}`;
}

interface UpdateRequest {
  readonly etn?: string;
  readonly id?: string;
  readonly payload?: Row;
  getMetadata(): { readonly operationName?: string; readonly operationType?: number };
}

/** Requests one after another; those in an inner list are one change set, all or nothing. */
export async function executeMultiple(
  requests: readonly (UpdateRequest | readonly UpdateRequest[])[],
): Promise<unknown[]> {
  const boundary = `batch_${crypto.randomUUID()}`;
  const parts = await Promise.all(
    requests.map((one) => (Array.isArray(one) ? changeSet(one) : changeSet([one as UpdateRequest]))),
  );
  const body = `${parts.map((part) => `--${boundary}\r\n${part}`).join('')}--${boundary}--\r\n`;
  const response = await sendBatch(body, boundary);
  const text = await response.text();
  return [...text.matchAll(/HTTP\/1\.1 (\d{3}) [^\r\n]*\r\n([\s\S]*?)(?=--(?:batch|changeset)response)/g)].map(
    ([, status, rest]) => answer(Number(status), rest!),
  );
}

function answer(status: number, rest: string) {
  const json = rest.slice(rest.indexOf('{'), rest.lastIndexOf('}') + 1);
  return {
    ok: status < 400,
    status,
    json: async () => (rest.includes('{') ? (JSON.parse(json) as unknown) : undefined),
    text: async () => json,
  };
}

async function sendBatch(body: string, boundary: string): Promise<Response> {
  try {
    return await send('POST', '$batch', body, { 'Content-Type': `multipart/mixed; boundary=${boundary}` });
  } catch (error) {
    throw batchError(error as Error);
  }
}

/** A refused batch carries the refusal of the request inside it. */
function batchError(error: Error): Error {
  const inner = /\{"error":[\s\S]*\}/.exec(error.message)?.[0];
  if (inner === undefined) return error;
  const { error: refused } = JSON.parse(inner) as { error: { code: string; message: string } };
  return Object.assign(new Error(refused.message), { errorCode: Number.parseInt(refused.code, 16) | 0 });
}

async function changeSet(requests: readonly UpdateRequest[]): Promise<string> {
  const boundary = `changeset_${crypto.randomUUID()}`;
  const parts = await Promise.all(
    requests.map(async (request, index) => {
      const { operationName, operationType } = request.getMetadata();
      if (operationType !== 2 || operationName !== 'Update')
        throw new Error(
          `Xrm.WebApi.online.executeMultiple: '${operationName}' is not emulated; only Update requests are.`,
        );
      const url = `/api/data/v9.2/${await setOf(request.etn ?? '')}(${plain(request.id ?? '')})`;
      return `--${boundary}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\nContent-ID: ${index + 1}\r\n\r\nPATCH ${url} HTTP/1.1\r\nContent-Type: application/json\r\nIf-Match: *\r\n\r\n${JSON.stringify(request.payload ?? {})}\r\n`;
    }),
  );
  return `Content-Type: multipart/mixed; boundary=${boundary}\r\n\r\n${parts.join('')}--${boundary}--\r\n`;
}
