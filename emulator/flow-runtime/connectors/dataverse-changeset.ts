import { writeJson, readJson } from '../expressions/json.ts';
import { isObject, type Value } from '../expressions/value.ts';
import type { ConnectorCall, ConnectorResult } from './connectors.ts';
import type { changeOf, DataverseParts } from './dataverse.ts';

/** What a change set may hold. */
const changing = /^(create|update|updateonly|delete)record(withorganization)?$/i;

const refuse = (message: string): ConnectorResult => ({
  statusCode: 400,
  headers: {},
  body: { error: { code: 'InvalidChangeset', message } },
});

/**
 * "Perform a changeset request": the changes of `parameters.actions` (`{ name: { operationId, parameters } }`, in order) in
 * one `$batch`, all or none.
 *
 * @returns the answer of each change by its action's name, or the refusal of the one that undid them all
 */
export async function sendChangeset(
  call: ConnectorCall,
  { send, origin }: Pick<DataverseParts, 'send' | 'origin'>,
  asRequest: typeof changeOf,
): Promise<ConnectorResult> {
  const actions = Object.entries(isObject(call.parameters['actions']) ? call.parameters['actions'] : {});
  const changes = actions.map(([, action]) => ({
    ...call,
    operation: String(isObject(action) ? action['operationId'] : ''),
    parameters: isObject(action) && isObject(action['parameters']) ? action['parameters'] : {},
  }));
  const other = changes.find(({ operation }) => !changing.test(operation));
  if (other !== undefined)
    return refuse(`A changeset request adds, updates and deletes rows; '${other.operation}' does neither.`);
  if (changes.length === 0) return refuse('The changeset request holds no action.');
  const boundary = 'batch_flow';
  const parts = changes.map((change, index) => partOf(asRequest(change), index + 1, origin()));
  const answer = await send({
    method: 'POST',
    path: '$batch',
    headers: { 'Content-Type': `multipart/mixed; boundary=${boundary}` },
    body: batchOf(parts, boundary),
    connectionReference: call.connectionReference,
  });
  const answers = answersIn(answer.body);
  const refused = answers.find(({ result }) => result.statusCode >= 400);
  if (refused !== undefined) return refused.result;
  if (answer.statusCode >= 400) return answer;
  return { ...answer, body: Object.fromEntries(actions.map(([name], index) => [name, asValue(answers, index)])) };
}

function asValue(answers: ReturnType<typeof answersIn>, index: number): Value {
  const { result } = answers.find(({ id }) => id === index + 1) ?? answers[index]!;
  return { statusCode: BigInt(result.statusCode), headers: { ...result.headers }, body: result.body };
}

function partOf({ method, path, headers = {}, body }: ReturnType<typeof changeOf>, id: number, origin: string): string {
  const head = ['Content-Type: application/http', 'Content-Transfer-Encoding: binary', `Content-ID: ${id}`, ''];
  const typed = body === undefined ? headers : { ...headers, 'Content-Type': 'application/json' };
  const lines = Object.entries(typed).map(([name, value]) => `${name}: ${String(value)}`);
  const request = [`${method} ${origin}/api/data/v9.2/${path} HTTP/1.1`, ...lines, ''];
  return [...head, ...request, body === undefined ? '' : writeJson(body)].join('\r\n');
}

function batchOf(parts: readonly string[], boundary: string): string {
  const inner = 'changeset_flow';
  const changes = parts.map((part) => `--${inner}\r\n${part}\r\n`).join('');
  return `--${boundary}\r\nContent-Type: multipart/mixed; boundary=${inner}\r\n\r\n${changes}--${inner}--\r\n--${boundary}--\r\n`;
}

/** The answers in a multipart body: each begins with its status line, after headers that may hold its Content-ID. */
function answersIn(body: Value): { readonly id: number; readonly result: ConnectorResult }[] {
  const bytes = isObject(body) ? String(body['$content'] ?? '') : '';
  const parts = Buffer.from(bytes, 'base64')
    .toString()
    .split(/^--\S+\r?\n/m);
  return parts.flatMap((part) => {
    const [, before = '', status, rest = ''] = /^([\s\S]*?)^HTTP\/1\.1 (\d{3})[^\n]*\n([\s\S]*)$/m.exec(part) ?? [];
    if (status === undefined) return [];
    const [head = '', text = ''] = rest.split(/\r?\n\r?\n([\s\S]*)/);
    const headers = Object.fromEntries(
      head.split(/\r?\n/).flatMap((line) => {
        const [, name, value] = /^([^:]+):\s*(.*)$/.exec(line) ?? [];
        return name === undefined ? [] : [[name, value ?? '']];
      }),
    ) as Record<string, string>;
    const id = Number(/^Content-ID:\s*(\d+)/im.exec(before)?.[1] ?? 0);
    return [{ id, result: { statusCode: Number(status), headers, body: contentOf(text) } }];
  });
}

const contentOf = (text: string): Value => (text.trim() === '' ? null : readJson(text));
