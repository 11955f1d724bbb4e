import { one, type ContractCase, type Exchange } from '../contract-case.ts';

const tracking = 'dev use-change-tracking-synchronize-data-external-systems';

const steps = (name: string, ...all: Exchange[]): ContractCase => ({ name, source: tracking, steps: all });
const track = { Prefer: 'odata.track-changes' };
const leaf = (ctr_code: string, keep = 'it'): Exchange => ({
  send: 'POST ctr_leafs',
  body: { ctr_name: 'Leaf', ctr_code },
  status: 204,
  keep: { [keep]: 'id' },
});
const copy = (more: Partial<Exchange> = {}): Exchange => ({
  send: 'GET ctr_leafs?$select=ctr_code',
  headers: track,
  status: 200,
  keep: { delta: '@odata.deltaLink' },
  ...more,
});
const follow = (more: Partial<Exchange> = {}): Exchange => ({
  send: 'GET {delta}',
  status: 200,
  keep: { delta: '@odata.deltaLink' },
  ...more,
});
const gone = (id: string) => ({
  '@odata.context': '{base}/$metadata#ctr_leafs/$deletedEntity',
  id,
  reason: 'deleted',
});

export const changes: readonly ContractCase[] = [
  steps(
    'a set that is tracked ends in a delta link',
    leaf('First'),
    copy({
      holds: {
        '@odata.context': '{base}/$metadata#ctr_leafs(ctr_code)',
        '@odata.deltaLink': expect.stringMatching(/\/ctr_leafs\?\$select=ctr_code&\$deltatoken=\d+%21/),
        value: expect.arrayContaining([expect.objectContaining({ ctr_code: 'First' })]),
      },
      answers: { 'Preference-Applied': 'odata.track-changes' },
    }),
  ),
  steps(
    'nothing changed: an empty list, and another delta link',
    copy(),
    follow({
      holds: {
        '@odata.context': '{base}/$metadata#ctr_leafs(ctr_code)/$delta',
        '@odata.deltaLink': expect.stringContaining('$deltatoken='),
        value: [],
      },
    }),
  ),
  steps(
    'new and changed rows come by version, then those that were deleted',
    leaf('Gone', 'gone'),
    leaf('Changed', 'changed'),
    copy(),
    { send: 'PATCH ctr_leafs({changed})', body: { ctr_name: 'Other' }, status: 204 },
    { send: 'DELETE ctr_leafs({gone})', status: 204 },
    leaf('New', 'new'),
    follow({
      holds: {
        value: [
          { ctr_code: 'Changed', ctr_leafid: '{changed}', '@odata.etag': expect.any(String) },
          { ctr_code: 'New', ctr_leafid: '{new}' },
          gone('{gone}'),
        ],
      },
      lacks: ['ctr_name'],
    }),
    follow({ holds: { value: [] } }),
  ),
  steps(
    'a row changed twice comes once, as it is now',
    leaf('One'),
    copy(),
    { send: 'PATCH ctr_leafs({it})', body: { ctr_code: 'Two' }, status: 204 },
    { send: 'PATCH ctr_leafs({it})', body: { ctr_code: 'Three' }, status: 204 },
    follow({ column: ['ctr_code', ['Three']] }),
  ),
  steps(
    'a row created and deleted in between comes as deleted',
    copy(),
    leaf('Short', 'short'),
    { send: 'DELETE ctr_leafs({short})', status: 204 },
    follow({ holds: { value: [gone('{short}')] } }),
  ),
  steps(
    'changes come in pages; the delta link is on the last',
    copy(),
    leaf('P1'),
    leaf('P2', 'second'),
    leaf('P3'),
    { send: 'DELETE ctr_leafs({second})', status: 204 },
    {
      send: 'GET {delta}',
      headers: { Prefer: 'odata.maxpagesize=2' },
      status: 200,
      column: ['ctr_code', ['P1', 'P3']],
      lacks: ['@odata.deltaLink'],
      keep: { next: '@odata.nextLink' },
    },
    {
      send: 'GET {next}',
      headers: { Prefer: 'odata.maxpagesize=2' },
      status: 200,
      holds: { value: [gone('{second}')], '@odata.deltaLink': expect.any(String) },
      lacks: ['@odata.nextLink'],
    },
  ),
  steps(
    'a copy comes in pages; what changes meanwhile is in the first delta',
    leaf('A'),
    leaf('B'),
    {
      send: 'GET ctr_leafs?$select=ctr_code',
      headers: { Prefer: 'odata.track-changes,odata.maxpagesize=1' },
      status: 200,
      lacks: ['@odata.deltaLink'],
      keep: { next: '@odata.nextLink' },
    },
    leaf('Meanwhile', 'meanwhile'),
    {
      send: 'GET {next}',
      headers: { Prefer: 'odata.maxpagesize=5000' },
      status: 200,
      lacks: ['@odata.nextLink'],
      keep: { delta: '@odata.deltaLink' },
    },
    follow({ column: ['ctr_code', ['Meanwhile']] }),
  ),
  steps(
    'the number of changes is asked for with $count',
    leaf('Counted', 'counted'),
    copy({ keep: { token: 'option:$deltatoken:@odata.deltaLink' } }),
    leaf('More'),
    { send: 'DELETE ctr_leafs({counted})', status: 204 },
    { send: 'GET ctr_leafs/$count', query: { $deltatoken: '{token}' }, status: 200, text: '\uFEFF2' },
  ),
  ...['$filter=ctr_code eq 1', '$orderby=ctr_code', '$top=1', '$expand=createdby'].map((option) =>
    one(`${option.slice(1, option.indexOf('='))} is refused where changes are tracked`, tracking, {
      send: `GET ctr_leafs?${option}`,
      headers: track,
      status: 400,
      code: '0x80060888',
      message: "query parameter isn't supported when Change Tracking is enabled.",
    }),
  ),
  one('a table without change tracking is refused', tracking, {
    send: 'GET ctr_baskets',
    headers: track,
    status: 400,
    code: '0x80072491',
  }),
  one('a token that is too old is refused', tracking, {
    send: 'GET ctr_leafs?$deltatoken=1!01/01/2020 00:00:00',
    status: 400,
    code: '0x80044352',
  }),
  one('a token that is none is refused', tracking, { send: 'GET ctr_leafs?$deltatoken=nonsense', status: 400 }),
  one(
    'who does not read all rows follows no changes',
    tracking,
    { send: 'GET ctr_trees?$select=ctr_code', headers: track, as: 'picker', status: 403, code: '0x80040220' },
    'users',
  ),
  one(
    'who reads all rows does',
    tracking,
    {
      send: 'GET ctr_trees?$select=ctr_code',
      headers: track,
      as: 'reader',
      status: 200,
      holds: { '@odata.deltaLink': expect.any(String) },
    },
    'users',
  ),
];
