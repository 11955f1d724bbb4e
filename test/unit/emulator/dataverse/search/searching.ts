import { origin, type CallOptions, type TestDataverse } from '../../../../support/a-dataverse.ts';

/** Asks for searches and reads what they answer, as tests need it. */
export function searching(platform: TestDataverse) {
  /** The answer of an operation of the Web API, unescaped; `<status> <code>` of a refusal. */
  async function ask(operation: string, body: object, options: CallOptions = {}) {
    const answer = await platform.call('POST', `search${operation}`, { ...options, body });
    return answer.status === 200 ? JSON.parse(answer.body.response) : `${answer.refusal} ${answer.body.error.message}`;
  }

  /** Names of the rows a query finds, in their order; the words of a refusal. */
  async function find(search: string, more: object = {}, options: CallOptions = {}): Promise<string[] | string> {
    const answer = await ask('query', { search, ...more }, options);
    if (typeof answer === 'string') return answer;
    return answer.Value.map(({ Attributes: { name, fullname, title } }: any) => name ?? fullname ?? title); // eslint-disable-line @typescript-eslint/no-explicit-any -- tests know what they asked for
  }

  /** A request below `/api/search/`. */
  const native = (method: string, path: string, body?: object, options: CallOptions = {}) =>
    platform.call(method, `${origin}/api/search/${path}`, { ...options, ...(body === undefined ? {} : { body }) });

  const lucene = { options: "{'querytype': 'lucene'}" };

  /** Changes the default quick-find view of a table. */
  async function changeView(table: string, change: (fetchxml: string) => string): Promise<void> {
    const path = `savedqueries?$select=fetchxml&$filter=returnedtypecode eq '${table}' and querytype eq 4 and isdefault eq true`;
    const [view] = (await platform.call('GET', path)).body.value;
    const body = { fetchxml: change(view.fetchxml) };
    const { status, text } = await platform.call('PATCH', `savedqueries(${view.savedqueryid})`, { body });
    if (status !== 204) throw new Error(text);
  }

  return { ask, find, native, lucene, changeView };
}
