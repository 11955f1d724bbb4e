import { aDataverse, origin, type TestDataverse } from '../../../../support/a-dataverse.ts';
import { orchard } from '../orchard.ts';

let platform: TestDataverse;
beforeAll(async () => void (platform = await aDataverse(orchard)));
afterAll(() => platform.close());

const part = (request: string, headers = '', body = '') =>
  `Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n${request} HTTP/1.1\r\n${headers}\r\n${body}\r\n`;

const change = (id: string, request: string, body: object) =>
  `Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\nContent-ID: ${id}\r\n\r\n${request} HTTP/1.1\r\nContent-Type: application/json;type=entry\r\n\r\n${JSON.stringify(body)}\r\n`;

const changeSet = (...parts: string[]) =>
  `Content-Type: multipart/mixed; boundary=changeset_a\r\n\r\n${parts.map((one) => `--changeset_a\r\n${one}`).join('')}--changeset_a--\r\n`;

const batch = (...parts: string[]) => `${parts.map((one) => `--batch_a\r\n${one}`).join('')}--batch_a--\r\n`;

const send = (body: string, headers: Record<string, string> = {}) =>
  platform.call('POST', '$batch', {
    body,
    headers: { 'Content-Type': 'multipart/mixed; boundary="batch_a"', ...headers },
  });

const statuses = (text: string) => [...text.matchAll(/^HTTP\/1\.1 (\d{3}) .+$/gm)].map((match) => Number(match[1]));
const count = async (name: string) =>
  (await platform.call('GET', `ora_trees/$count?$filter=ora_name eq '${name}'`)).text.slice(1);

test('answers requests in order, each as a whole HTTP message', async () => {
  const { status, text, headers } = await send(
    batch(
      part('POST /api/data/v9.2/ora_trees', 'Content-Type: application/json\r\n', '{"ora_name":"first"}'),
      part(
        `GET ${origin}/api/data/v9.2/ora_trees?$select=ora_name&$filter=ora_name%20eq%20'first'`,
        'Accept: application/json\r\n',
      ),
      part('GET ora_trees/$count'),
    ),
  );
  expect(status).toBe(200);
  const boundary = /boundary=(batchresponse_.+)$/.exec(String(headers['Content-Type']))![1]!;
  expect(text.startsWith(`--${boundary}\r\n`)).toBe(true);
  expect(text.endsWith(`--${boundary}--\r\n`)).toBe(true);
  expect(statuses(text)).toEqual([204, 200, 200]);
  expect(text).toMatch(/OData-EntityId: .+ora_trees\([0-9a-f-]{36}\)\r\n/);
  expect(text).toContain('"ora_name":"first"');
});

test('reads lines that end in LF alone', async () => {
  const { status, text } = await send(batch(part('GET ora_trees/$count')).replaceAll('\r\n', '\n'));
  expect([status, statuses(text)]).toEqual([200, [200]]);
});

test('a change set commits together and knows its own rows by Content-ID, in URLs and in bodies', async () => {
  const { text } = await send(
    batch(
      changeSet(
        change('1', 'POST accounts', { name: 'Batch account' }),
        change('2', 'POST ora_trees', { ora_name: 'batched', 'ora_AccountId@odata.bind': '$1' }),
        change('3', 'PATCH $2', { ora_height: 4 }),
        change('4', 'PUT $2/ora_code', { value: 'B-1' }),
      ),
    ),
  );
  expect(statuses(text)).toEqual([204, 204, 204, 204]);
  expect(text).toMatch(/multipart\/mixed; boundary=changesetresponse_/);
  expect(text).toContain('Content-ID: 2\r\n');
  const { body } = await platform.call(
    'GET',
    "ora_trees(ora_code='B-1')?$select=ora_height&$expand=ora_AccountId($select=name)",
  );
  expect(body).toMatchObject({ ora_height: 4, ora_AccountId: { name: 'Batch account' } });
});

test('a change set that fails leaves nothing, answers one part, and ends the batch with its status', async () => {
  const failing = changeSet(
    change('1', 'POST ora_trees', { ora_name: 'undone' }),
    change('2', 'POST ora_trees', { ora_name: 'undone', ora_height: 999 }),
  );
  const { status, text } = await send(batch(failing, part('GET ora_trees/$count')));
  expect(status).toBe(400);
  expect(statuses(text)).toEqual([400]);
  expect(text).toContain('0x8004432f');
  expect(await count('undone')).toBe('0');
});

test('the first failure ends the batch unless the client wants the rest', async () => {
  const body = batch(part('GET ora_trees(11111111-1111-4111-8111-111111111111)'), part('GET ora_trees/$count'));
  const stopped = await send(body);
  expect([stopped.status, statuses(stopped.text)]).toEqual([404, [404]]);
  const continued = await send(body, { Prefer: 'odata.continue-on-error' });
  expect([continued.status, statuses(continued.text)]).toEqual([200, [404, 200]]);
});

test('acts as the user of the batch in every part', async () => {
  platform.dataverse.addUser({ email: 'nobody@orchard.example', fullName: 'No Role', roles: [] });
  const { status, text } = await send(batch(part('GET ora_trees')), { Authorization: 'Bearer nobody@orchard.example' });
  expect([status, statuses(text)]).toEqual([403, [403]]);
});

test('takes longer URLs than a request of its own may have', async () => {
  const long = `ora_trees/$count?$filter=${Array.from({ length: 3000 }, () => 'ora_height%20eq%201')
    .slice(0, 400)
    .join('%20or%20')}`;
  const longer = `${long}${'%20'.repeat(9000)}`;
  expect(longer.length).toBeGreaterThan(32768);
  expect((await platform.call('GET', longer)).status).toBe(414);
  expect((await send(batch(part(`GET ${longer}`)))).status).toBe(200);
});

const many = Array.from({ length: 1001 }, () => part('GET ora_trees/$count'));
test.each([
  ['a GET in a change set', batch(changeSet(part('GET ora_trees')))],
  ['an unknown Content-ID', batch(changeSet(change('1', 'PATCH $9', {})))],
  ['a batch in a batch', batch(part('POST $batch'))],
  ['no request line', batch('Content-Type: application/http\r\n\r\n\r\n')],
  ['another boundary', '--other\r\n\r\n--other--'],
  ['an empty body', ''],
  ['more than a thousand requests', batch(...many)],
])('refuses %s', async (_what, body) => {
  expect((await send(body)).refusal).toBe('400 0x80048d19');
});

test('refuses a batch without a boundary', async () => {
  expect(
    (await platform.call('POST', '$batch', { body: 'x', headers: { 'Content-Type': 'application/json' } })).refusal,
  ).toBe('400 0x80048d19');
});
