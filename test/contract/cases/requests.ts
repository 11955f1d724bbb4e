import { one, type ContractCase, type Exchange } from '../contract-case.ts';

const compose = 'dev webapi/compose-http-requests-handle-errors';
const overview = 'dev webapi/query/overview';
const simple = (name: string, send: string, answer: Partial<Exchange>, source = compose): ContractCase =>
  one(name, source, { send, status: 200, ...answer });

export const requests: readonly ContractCase[] = [
  one('respond-async is passed over where rows are asked for', 'dev background-operations', {
    send: 'GET ctr_trees?$select=ctr_name&$top=1',
    headers: { Prefer: 'respond-async' },
    status: 200,
    holds: { value: [expect.anything()] },
    answers: { 'Preference-Applied': null },
  }),
  simple('every answer carries OData-Version', 'GET ctr_trees({a})?$select=ctr_code', {
    answers: { 'OData-Version': '4.0' },
  }),
  simple('errors carry OData-Version and JSON', 'GET nosuchs', {
    status: 404,
    answers: { 'OData-Version': '4.0', 'Content-Type': /application\/json/ },
  }),
  simple('the headers of .NET clients are taken', 'GET ctr_trees({a})?$select=ctr_code', {
    headers: {
      'OData-MaxVersion': '4.0',
      'OData-Version': '4.0',
      'If-None-Match': 'null',
      Accept: 'application/json; odata.metadata=minimal',
      'User-Agent': 'contract',
    },
  }),
  simple('Accept: */* is JSON', 'GET ctr_trees({a})?$select=ctr_code', {
    headers: { Accept: '*/*' },
    answers: { 'Content-Type': /application\/json; odata\.metadata=minimal/ },
  }),
  simple(
    'odata.metadata=none leaves out what clients can do without',
    'GET ctr_trees?$select=ctr_code&$top=1&$count=true',
    {
      headers: { Accept: 'application/json;odata.metadata=none' },
      holds: { '@odata.count': expect.any(Number), value: [{ ctr_treeid: expect.any(String) }] },
      lacks: ['@odata.context', '@odata.etag'],
      answers: { 'Content-Type': /odata\.metadata=none/ },
    },
  ),
  simple('odata.metadata=full tells types and addresses', 'GET ctr_trees({a})?$select=ctr_code,ctr_girth,ctr_seen', {
    headers: { Accept: 'application/json; odata.metadata=full' },
    holds: {
      '@odata.type': '#Microsoft.Dynamics.CRM.ctr_tree',
      '@odata.id': '{base}/ctr_trees({a})',
      '@odata.editLink': 'ctr_trees({a})',
      'ctr_treeid@odata.type': '#Guid',
      'ctr_girth@odata.type': '#Decimal',
      'ctr_seen@odata.type': '#DateTimeOffset',
      'ctr_AccountId@odata.navigationLink': '{base}/ctr_trees({a})/ctr_AccountId',
      'ctr_AccountId@odata.associationLink': '{base}/ctr_trees({a})/ctr_AccountId/$ref',
    },
    lacks: ['ctr_code@odata.type'],
    answers: { 'Content-Type': /odata\.metadata=full/ },
  }),
  simple('Consistency: Strong is taken', 'GET ctr_trees({a})?$select=ctr_code', { headers: { Consistency: 'Strong' } }),
  simple('a tag is taken', 'GET ctr_trees({a})?$select=ctr_code&tag=contract', {}, 'dev optional-parameters'),
  simple('a body of application/json;type=entry is taken', 'POST ctr_trees', {
    headers: { 'Content-Type': 'application/json;type=entry' },
    body: { ctr_name: 'Entry' },
    status: 204,
  }),
  simple('a body with a charset is taken', 'POST ctr_trees', {
    headers: { 'Content-Type': 'application/json; charset=utf-8' },
    body: { ctr_name: 'Ünï' },
    status: 204,
  }),
  simple('a body with a byte order mark is taken', 'POST ctr_trees', {
    body: '\uFEFF{"ctr_name":"Mark"}',
    status: 204,
  }),
  simple(
    'percent-encoded and plain URLs mean the same',
    'GET {base}/ctr_trees?%24select=ctr_code&%24filter=ctr_code%20eq%20%27a%27',
    { rows: 'a' },
  ),
  simple('spaces may be plus signs', "GET {base}/ctr_trees?$select=ctr_code&$filter=ctr_code+eq+'a'", { rows: 'a' }),
  simple('a plus sign is written %2B', "GET {base}/ctr_trees?$select=ctr_code&$filter=ctr_name%20eq%20'a%2Bb'", {
    rows: '',
  }),
  simple('a URL encoded wrongly is refused', 'GET {base}/ctr_trees?$filter=%E0%A4%A', { status: 400 }),
  simple('an unknown option without $ is refused', 'GET ctr_trees?nosuch=1', { status: 400 }),
  simple('an empty $filter is refused', 'GET ctr_trees?$filter=', { status: 400 }),
  simple('an empty $select selects everything', 'GET ctr_trees({a})?$select=', {
    holds: { ctr_code: 'a', ctr_height: 5 },
  }),
  simple('a URL beyond 32,768 characters is refused', `GET ctr_trees?$filter=${'x'.repeat(33_000)}`, { status: 414 }),
  simple(
    'a URL of 32,000 characters is served',
    `GET ctr_trees/$count?$filter=ctr_code eq 'a'${' '.repeat(10_600)}`,
    { text: '\uFEFF1' },
    overview,
  ),
  simple('a slash at the end of the root is the root', 'GET ', { holds: { value: expect.any(Array) } }),
  simple('an unknown segment below a set is not found', 'GET ctr_trees/nosuch', { status: 404 }),
  simple('a segment behind a property is not found', 'GET ctr_trees({a})/ctr_name/more', { status: 404 }),
  simple('a verb nobody knows is refused', 'MERGE ctr_trees({a})', { status: 405 }),
  simple('DELETE of a set is refused', 'DELETE ctr_trees', { status: 405 }),
  simple('POST to a row is refused', 'POST ctr_trees({a})', { body: {}, status: 405 }),
];
