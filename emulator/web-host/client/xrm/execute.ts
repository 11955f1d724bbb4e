import { readSetName as setOf } from '../web-api/metadata';
import { send, type Row } from '../web-api/web-api';

interface BoundRow {
  readonly entityType?: string;
  readonly id?: string;
}

interface RequestMetadata {
  /** `entity` or another parameter the operation is bound to; null for none, undefined for operations of rows. */
  readonly boundParameter?: string | null;
  readonly operationName?: string;
  /** 0 action, 1 function, 2 an operation of rows. */
  readonly operationType?: number;
  readonly parameterTypes?: Readonly<
    Record<string, { readonly typeName: string; readonly structuralProperty: number }>
  >;
}

type Request = Readonly<Record<string, unknown>> & { getMetadata(): RequestMetadata };

const kinds = { action: 0, function: 1, rows: 2 } as const;
const namespace = 'Microsoft.Dynamics.CRM.';
const plain = (id: unknown) => String(id ?? '').replace(/[{}]/g, '');

/**
 * `Xrm.WebApi.online.execute`: an action, a function, or an operation of rows, as its metadata tells. The answer is that of
 * the Web API; what the service refuses rejects.
 */
export async function execute(request: Request): Promise<Response> {
  const metadata = request.getMetadata();
  if (metadata.operationType === kinds.action) return runAction(request, metadata);
  if (metadata.operationType === kinds.function) return runFunction(request, metadata);
  return runOnRows(request, metadata);
}

const parametersOf = (request: Request, { boundParameter }: RequestMetadata): [string, unknown][] =>
  Object.entries(request).filter(
    ([name, value]) => name !== boundParameter && name !== 'getMetadata' && value !== undefined,
  );

async function pathOf(request: Request, { boundParameter, operationName = '' }: RequestMetadata): Promise<string> {
  if (boundParameter === null || boundParameter === undefined) return operationName;
  const bound = request[boundParameter] as BoundRow | undefined;
  if (bound?.entityType === undefined)
    throw new Error(`'${operationName}' is bound to a row, but '${boundParameter}' is none.`);
  const set = await setOf(bound.entityType);
  return `${bound.id === undefined ? set : `${set}(${plain(bound.id)})`}/${namespace}${operationName}`;
}

async function runAction(request: Request, metadata: RequestMetadata): Promise<Response> {
  const body = Object.fromEntries(
    await Promise.all(
      parametersOf(request, metadata).map(async ([name, value]) => [name, await rowReference(value)] as const),
    ),
  );
  return send('POST', await pathOf(request, metadata), body);
}

/** A reference of the client API as the Web API takes it: the row by its key, with its type. */
async function rowReference(value: unknown): Promise<unknown> {
  const { entityType, id } = (value ?? {}) as BoundRow;
  if (entityType === undefined || id === undefined || typeof value !== 'object') return value;
  const { readTable } = await import('../web-api/metadata');
  return { '@odata.type': namespace + entityType, [(await readTable(entityType)).primaryId]: plain(id) };
}

async function runFunction(request: Request, metadata: RequestMetadata): Promise<Response> {
  const parameters = parametersOf(request, metadata);
  const call = parameters.map(([name], at) => `${name}=@p${at}`).join(',');
  const values = await Promise.all(
    parameters.map(async ([, value], at) => `@p${at}=${encodeURIComponent(await literal(value))}`),
  );
  const path = await pathOf(request, metadata);
  return send('GET', `${path}(${call})${values.length === 0 ? '' : `?${values.join('&')}`}`);
}

async function literal(value: unknown): Promise<string> {
  const { entityType, id } = (value ?? {}) as BoundRow;
  if (entityType !== undefined && id !== undefined)
    return JSON.stringify({ '@odata.id': `${await setOf(entityType)}(${plain(id)})` });
  if (typeof value === 'string' && !/^[0-9a-f-]{36}$/i.test(value)) return `'${value.replaceAll("'", "''")}'`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

async function runOnRows(request: Request, { operationName }: RequestMetadata): Promise<Response> {
  const { etn, entityTypeName, id, payload, target, relatedEntities, relationship } = request as {
    etn?: string;
    entityTypeName?: string;
    id?: string;
    payload?: Row;
    target?: BoundRow;
    relatedEntities?: readonly BoundRow[];
    relationship?: string;
  };
  const set = async () => setOf(etn ?? entityTypeName ?? target?.entityType ?? '');
  switch (operationName) {
    case 'Create':
      return send('POST', await set(), payload ?? {});
    case 'Update':
      return send('PATCH', `${await set()}(${plain(id)})`, payload ?? {}, { 'If-Match': '*' });
    case 'Delete':
      return send('DELETE', `${await set()}(${plain(id)})`);
    case 'Retrieve':
      return send('GET', `${await set()}(${plain(id)})`);
    case 'Associate': {
      let answer: Response | undefined;
      for (const row of relatedEntities ?? [])
        answer = await send('POST', `${await set()}(${plain(target?.id)})/${relationship}/$ref`, {
          '@odata.id': `${location.origin}/api/data/v9.2/${await setOf(row.entityType ?? '')}(${plain(row.id)})`,
        });
      if (answer === undefined) throw new Error('Associate names no related rows.');
      return answer;
    }
    default:
      throw new Error(`Requests of the operation '${operationName}' are not emulated. See docs/support-matrix.md.`);
  }
}
