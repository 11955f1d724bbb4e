import type { BatchItem, ContractCase, Exchange } from '../contract-case.ts';

const source = 'dev webapi/execute-batch-operations-using-web-api';

const steps = (name: string, ...all: Exchange[]): ContractCase => ({ name, source, steps: all });
const send = (batch: readonly BatchItem[], more: Partial<Exchange> & Pick<Exchange, 'status'>): Exchange => ({
  send: 'POST $batch',
  batch,
  ...more,
});
const counted = (name: string, count: number): Exchange => ({
  send: `GET ctr_trees/$count?$filter=ctr_name eq '${name}'`,
  status: 200,
  text: `\uFEFF${count}`,
});
const create = (ctr_name: string, more: object = {}, id?: string) => ({
  send: 'POST ctr_trees',
  body: { ctr_name, ...more },
  ...(id === undefined ? {} : { id }),
});
const read = { send: 'GET ctr_trees({a})?$select=ctr_name' };
const missing = { send: 'GET ctr_trees({new:nowhere})' };
const goOn = { headers: { Prefer: 'odata.continue-on-error' } };
const part = (inside: string) =>
  `--b\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n${inside}\r\n`;
const raw = (body: string, status: number, more: Partial<Exchange> = {}): Exchange => ({
  send: 'POST $batch',
  headers: { 'Content-Type': 'multipart/mixed; boundary=b' },
  body,
  status,
  ...more,
});

export const batches: readonly ContractCase[] = [
  steps(
    'a batch answers each request, in order',
    send([read, { send: 'GET ctr_trees({b})?$select=ctr_name' }], {
      status: 200,
      parts: [200, 200],
      text: /"Apple"[^]*"apricot"/,
      answers: { 'Content-Type': /multipart\/mixed; boundary=batchresponse_/, 'OData-Version': '4.0' },
    }),
  ),
  steps(
    'each answer is a whole HTTP message',
    send([read], {
      status: 200,
      text: /^--batchresponse_\S+\r\nContent-Type: application\/http\r\nContent-Transfer-Encoding: binary\r\n\r\nHTTP\/1\.1 200 OK\r\nContent-Type: application\/json; odata\.metadata=minimal[^]*OData-Version: 4\.0\r\n[^]*\r\n\r\n\{[^]*\}\r\n--batchresponse_\S+--\r\n$/,
    }),
  ),
  steps(
    'a request outside a change set writes by itself',
    send([create('Batch single')], { status: 200, parts: [204] }),
    counted('Batch single', 1),
  ),
  steps(
    'a change set commits as one',
    send([[create('Batch set', {}, '1'), create('Batch set', {}, '2')]], {
      status: 200,
      parts: [[204, 204]],
      text: /Content-ID: 1\r\n[^]*Content-ID: 2\r\n/,
    }),
    counted('Batch set', 2),
  ),
  steps(
    'a change set that fails leaves nothing and answers once',
    send([[create('Batch undone', {}, '1'), create('Batch undone', { ctr_height: 999 }, '2')]], {
      status: 400,
      parts: [400],
      text: /0x8004432f/,
    }),
    counted('Batch undone', 0),
  ),
  steps(
    'rows of a change set are named by Content-ID in binds',
    send(
      [
        [
          { send: 'POST accounts', body: { name: 'Batch contract' }, id: '1' },
          create('Batch bound', { 'ctr_AccountId@odata.bind': '$1' }, '2'),
        ],
      ],
      { status: 200, parts: [[204, 204]] },
    ),
    {
      send: "GET ctr_trees?$select=ctr_name&$filter=ctr_name eq 'Batch bound'&$expand=ctr_AccountId($select=name)",
      status: 200,
      holds: { value: [{ ctr_AccountId: { name: 'Batch contract' } }] },
    },
  ),
  steps(
    'rows of a change set are named by Content-ID in URLs',
    send(
      [
        [
          create('Batch url', {}, '1'),
          { send: 'PATCH $1', body: { ctr_height: 7 }, id: '2' },
          { send: 'PUT $1/ctr_girth', body: { value: 2 }, id: '3' },
        ],
      ],
      { status: 200, parts: [[204, 204, 204]] },
    ),
    {
      send: "GET ctr_trees?$select=ctr_height,ctr_girth&$filter=ctr_name eq 'Batch url'",
      status: 200,
      holds: { value: [{ ctr_height: 7, ctr_girth: 2 }] },
    },
  ),
  steps(
    'rows of a change set are referred to by Content-ID in $ref',
    send(
      [
        [
          create('Batch ref', {}, '1'),
          { send: 'PUT $1/ctr_AccountId/$ref', body: { '@odata.id': '{base}/accounts({alpha})' }, id: '2' },
        ],
      ],
      { status: 200, parts: [[204, 204]] },
    ),
    {
      send: "GET ctr_trees?$select=_ctr_accountid_value&$filter=ctr_name eq 'Batch ref'",
      status: 200,
      holds: { value: [{ _ctr_accountid_value: '{alpha}' }] },
    },
  ),
  steps(
    'an unknown Content-ID is refused',
    send([[{ send: 'PATCH $9', body: {}, id: '1' }]], {
      status: 400,
      text: /Content-ID Reference: '\$9' does not exist in the batch context/,
    }),
  ),
  steps(
    'an unknown Content-ID in a bind is refused',
    send([[create('Batch lost', { 'ctr_AccountId@odata.bind': '$9' }, '1')]], { status: 400 }),
    counted('Batch lost', 0),
  ),
  steps(
    'the first failure ends the batch with its status',
    send([read, missing, create('Batch late')], { status: 404, parts: [200, 404] }),
    counted('Batch late', 0),
  ),
  steps(
    'odata.continue-on-error goes on, and the batch is 200',
    send([missing, create('Batch goes on'), missing], { ...goOn, status: 200, parts: [404, 204, 404] }),
    counted('Batch goes on', 1),
  ),
  steps(
    'a failed change set is one part among others',
    send([[create('Batch mixed', { nosuch: 1 }, '1')], create('Batch mixed')], {
      ...goOn,
      status: 200,
      parts: [400, 204],
    }),
    counted('Batch mixed', 1),
  ),
  steps(
    'what came before a failure stays',
    send([create('Batch stays'), missing], { status: 404, parts: [204, 404] }),
    counted('Batch stays', 1),
  ),
  steps(
    'URLs may be absolute',
    send([{ send: 'GET {base}/ctr_trees({a})?$select=ctr_name' }], { status: 200, parts: [200] }),
  ),
  steps(
    'URLs may begin at the host',
    send([{ send: 'GET {path}/ctr_trees({a})?$select=ctr_name' }], { status: 200, parts: [200] }),
  ),
  steps(
    'URLs may begin at the set',
    send([{ send: 'GET ctr_trees({a})?$select=ctr_name' }], { status: 200, parts: [200] }),
  ),
  steps(
    'URLs may begin with a slash before the set',
    send([{ send: 'GET /ctr_trees({a})?$select=ctr_name' }], { status: 200, parts: [200] }),
  ),
  steps(
    'a function is called in a batch',
    send([{ send: 'GET WhoAmI()' }], { status: 200, parts: [200], text: /"UserId"/ }),
  ),
  steps(
    'preferences of a part hold for the part',
    send([{ send: 'GET ctr_trees?$select=ctr_code&$orderby=ctr_code', headers: { Prefer: 'odata.maxpagesize=1' } }], {
      status: 200,
      parts: [200],
      text: /\$skiptoken=/,
    }),
  ),
  steps(
    'a row made in a batch is read later in it',
    send(
      [create('Batch read back'), { send: "GET ctr_trees?$select=ctr_name&$filter=ctr_name eq 'Batch read back'" }],
      { status: 200, parts: [204, 200], text: /"ctr_name":"Batch read back"/ },
    ),
  ),
  steps(
    'a created part carries its address',
    send([create('Batch address')], { status: 200, text: /\r\nLocation: \S+\/ctr_trees\([0-9a-f-]{36}\)\r\n[^]*/ }),
  ),
  steps('a GET in a change set is refused', send([[read]], { status: 400, text: /0x80048d19/ })),
  steps('a batch in a batch is refused', send([{ send: 'POST $batch', body: {} }], { status: 400 })),
  steps('a thousand requests are taken', raw(`${part('GET WhoAmI HTTP/1.1\r\n').repeat(3)}--b--\r\n`, 200)),
  steps(
    'more than a thousand requests are refused',
    raw(`${part('GET WhoAmI HTTP/1.1\r\n').repeat(1001)}--b--\r\n`, 400, { code: '0x80048d19' }),
  ),
  steps('lines may end in LF alone', raw(`${part('GET WhoAmI HTTP/1.1\r\n')}--b--\r\n`.replaceAll('\r\n', '\n'), 200)),
  steps('the boundary may stand in quotes', {
    ...raw(`${part('GET WhoAmI HTTP/1.1\r\n')}--b--\r\n`, 200),
    headers: { 'Content-Type': 'multipart/mixed; boundary="b"' },
  }),
  steps('a body with another boundary is refused', raw('--other\r\n\r\n--other--', 400, { code: '0x80048d19' })),
  steps('a batch without a boundary is refused', {
    send: 'POST $batch',
    headers: { 'Content-Type': 'multipart/mixed' },
    body: 'x',
    status: 400,
    code: '0x80048d19',
  }),
  steps('a part without a request line is refused', raw(`${part('')}--b--\r\n`, 400, { code: '0x80048d19' })),
  steps('GET of $batch is refused', { send: 'GET $batch', status: 405 }),
  steps(
    'a long query goes through a batch',
    send(
      [
        {
          send: `GET ctr_trees?$select=ctr_code&$filter=${Array.from({ length: 900 }, () => "ctr_code eq 'a'").join(' or ')}${' '.repeat(9000)}`,
        },
      ],
      { status: 200, parts: [200] },
    ),
  ),
];
