import { one, type ContractCase, type Exchange } from '../contract-case.ts';

const join = 'dev webapi/query/join-tables';
const aggregate = 'dev webapi/query/aggregate-data';

const trees = (name: string, options: string, answer: Partial<Exchange>, source = join): ContractCase =>
  one(name, source, { send: `GET ctr_trees?${options}`, status: 200, ...answer });
const codes = (...list: string[]) => list.map((code) => expect.objectContaining({ ctr_code: code }));

export const expanding: readonly ContractCase[] = [
  trees(
    '$expand of a lookup gives the row it points at',
    "$select=ctr_code&$filter=ctr_code eq 'a'&$expand=ctr_AccountId($select=name)",
    {
      holds: { value: [{ ctr_AccountId: { name: 'Alpha contract', accountid: '{alpha}' } }] },
      lacks: ['ctr_AccountId@odata.nextLink'],
    },
  ),
  trees(
    '$expand of an empty lookup gives null',
    "$select=ctr_code&$filter=ctr_code eq 'j'&$expand=ctr_AccountId($select=name)",
    {
      holds: { value: [{ ctr_AccountId: null }] },
    },
  ),
  trees(
    '$expand of a lookup nests',
    "$select=ctr_code&$filter=ctr_code eq 'c'&$expand=ctr_ParentId($select=ctr_code;$expand=ctr_ParentId($select=ctr_code;$expand=ctr_AccountId($select=name)))",
    {
      holds: {
        value: [
          {
            ctr_ParentId: { ctr_code: 'b', ctr_ParentId: { ctr_code: 'a', ctr_AccountId: { name: 'Alpha contract' } } },
          },
        ],
      },
    },
  ),
  trees(
    'several lookups are expanded beside each other',
    "$select=ctr_code&$filter=ctr_code eq 'b'&$expand=ctr_ParentId($select=ctr_code),ctr_AccountId($select=name),ctr_CustomerId_contact($select=firstname)",
    {
      holds: {
        value: [
          {
            ctr_ParentId: { ctr_code: 'a' },
            ctr_AccountId: { name: 'Alpha contract' },
            ctr_CustomerId_contact: { firstname: 'Carla' },
          },
        ],
      },
    },
  ),
  trees(
    '$expand of the other target of a polymorphic lookup gives null',
    "$select=ctr_code&$filter=ctr_code eq 'b'&$expand=ctr_CustomerId_account($select=name)",
    {
      holds: { value: [{ ctr_CustomerId_account: null }] },
    },
  ),
  trees(
    '$expand of a collection gives its rows and a link to them',
    "$select=ctr_code&$filter=ctr_code eq 'a'&$expand=ctr_tree_tree($select=ctr_code;$orderby=ctr_code)",
    {
      holds: {
        value: [
          {
            ctr_tree_tree: codes('b', 'd'),
            'ctr_tree_tree@odata.nextLink': expect.stringMatching(/\/ctr_trees\([0-9a-f-]{36}\)\/ctr_tree_tree\?/),
          },
        ],
      },
    },
  ),
  trees(
    'an expanded row of a collection carries the lookup that leads back',
    "$select=ctr_code&$filter=ctr_code eq 'b'&$expand=ctr_tree_tree($select=ctr_code)",
    {
      holds: { value: [{ ctr_tree_tree: [{ ctr_code: 'c', _ctr_parentid_value: '{b}', ctr_treeid: '{c}' }] }] },
    },
  ),
  trees(
    '$expand of a collection without rows gives an empty list',
    "$select=ctr_code&$filter=ctr_code eq 'j'&$expand=ctr_tree_tree($select=ctr_code)",
    {
      holds: { value: [{ ctr_tree_tree: [] }] },
    },
  ),
  trees(
    '$filter inside $expand narrows the collection',
    "$select=ctr_code&$filter=ctr_code eq 'a'&$expand=ctr_tree_tree($select=ctr_code;$filter=ctr_height eq 10)",
    {
      holds: { value: [{ ctr_tree_tree: codes('b') }] },
    },
  ),
  trees(
    '$top inside $expand limits the rows of each parent',
    '$select=ctr_code&$orderby=ctr_code&$top=2&$expand=ctr_tree_tree($select=ctr_code;$orderby=ctr_code desc;$top=1)',
    {
      holds: { value: [{ ctr_tree_tree: codes('d') }, { ctr_tree_tree: codes('c') }] },
    },
  ),
  trees(
    '$expand of a many-to-many relationship',
    "$select=ctr_code&$filter=ctr_code eq 'b'&$expand=ctr_tree_basket($select=ctr_name;$orderby=ctr_name)",
    {
      holds: { value: [{ ctr_tree_basket: [{ ctr_name: 'Basket one' }, { ctr_name: 'Basket two' }] }] },
    },
  ),
  trees(
    'odata.maxpagesize leaves a single-level collection whole',
    "$select=ctr_code&$filter=ctr_code eq 'a'&$expand=ctr_tree_tree($select=ctr_code)",
    {
      headers: { Prefer: 'odata.maxpagesize=1' },
      holds: { value: [{ ctr_tree_tree: [expect.anything(), expect.anything()] }] },
    },
  ),
  one('the link of a single-level collection answers its rows again', join, {
    send: 'GET ctr_trees({a})/ctr_tree_tree?$select=ctr_code&$orderby=ctr_code',
    status: 200,
    rows: 'bd',
  }),
  {
    name: 'a nested expand makes every collection page, with a true continuation',
    source: join,
    steps: [
      {
        send: "GET ctr_trees?$select=ctr_code&$filter=ctr_code eq 'a'&$expand=ctr_tree_tree($select=ctr_code;$expand=ctr_AccountId($select=name))",
        headers: { Prefer: 'odata.maxpagesize=1' },
        status: 200,
        keep: { next: 'value/0/ctr_tree_tree@odata.nextLink', first: 'value/0/ctr_tree_tree/0/ctr_code' },
      },
      {
        send: 'GET {next}',
        headers: { Prefer: 'odata.maxpagesize=1' },
        status: 200,
        holds: { value: [expect.anything()] },
        keep: { second: 'value/0/ctr_code' },
      },
      {
        send: "GET ctr_trees?$select=ctr_code&$orderby=ctr_code&$filter=ctr_code eq '{first}' or ctr_code eq '{second}'",
        status: 200,
        rows: 'bd',
      },
    ],
  },
  trees(
    '$expand with /$ref gives the address of the row',
    "$select=ctr_code&$filter=ctr_code eq 'a'&$expand=ctr_AccountId/$ref",
    {
      holds: { value: [{ ctr_AccountId: { '@odata.id': '{base}/accounts({alpha})' } }] },
    },
  ),
  trees('$expand with /$ref of a collection is refused', '$expand=ctr_tree_tree/$ref', {
    status: 400,
    code: '0x80060888',
    message: 'Expand with $ref is only supported on lookup type navigation property.',
  }),
  trees(
    '$expand of a collection inside a collection takes $select and $filter only',
    '$expand=ctr_tree_tree($expand=ctr_tree_tree($top=1))',
    {
      status: 400,
      code: '0x80060888',
      message:
        'Only $select and $filter clause can be provided while doing $expand on many-to-one relationship or nested one-to-many relationship.',
    },
  ),
  trees('$orderby inside the $expand of a lookup is refused', '$expand=ctr_AccountId($orderby=name)', {
    status: 400,
    code: '0x80060888',
  }),
  trees('$count inside $expand is refused', '$expand=ctr_tree_tree($count=true)', { status: 400, code: '0x80060888' }),
  trees('$levels inside $expand is refused', '$expand=ctr_tree_tree($levels=2)', { status: 400, code: '0x80060888' }),
  trees('a many-to-many relationship is not expanded inside another', '$expand=ctr_ParentId($expand=ctr_tree_basket)', {
    status: 400,
  }),
  trees('a many-to-many relationship is not mixed with others', '$expand=ctr_tree_basket,ctr_AccountId', {
    status: 400,
  }),
  trees('an unknown navigation property in $expand is refused', '$expand=nosuch', { status: 400, code: '0x0' }),
  trees('navigation properties are case-sensitive', '$expand=ctr_accountid', { status: 400, code: '0x0' }),
  trees('a column is no navigation property', '$expand=ctr_height', { status: 400, code: '0x0' }),
  trees('an unknown column inside $expand is refused', '$expand=ctr_AccountId($select=nosuch)', {
    status: 400,
    code: '0x0',
  }),
  trees('sixteen expands are too many', `$expand=${Array.from({ length: 16 }, () => 'ctr_AccountId').join(',')}`, {
    status: 400,
  }),
  one('$expand on one row', 'dev webapi/retrieve-entity-using-web-api', {
    send: 'GET ctr_trees({a})?$select=ctr_code&$expand=ctr_AccountId($select=name),ctr_tree_tree($select=ctr_code)',
    status: 200,
    holds: { ctr_AccountId: { name: 'Alpha contract' }, ctr_tree_tree: [expect.anything(), expect.anything()] },
  }),
  trees(
    'annotations come on expanded rows too',
    "$select=ctr_code&$filter=ctr_code eq 'b'&$expand=ctr_ParentId($select=ctr_ripeness)",
    {
      headers: { Prefer: 'odata.include-annotations="OData.Community.Display.V1.FormattedValue"' },
      holds: { value: [{ ctr_ParentId: { 'ctr_ripeness@OData.Community.Display.V1.FormattedValue': 'Green' } }] },
    },
  ),
];

const apply = (name: string, text: string, answer: Partial<Exchange>) =>
  trees(name, `$apply=${text}`, answer, aggregate);

export const aggregating: readonly ContractCase[] = [
  apply('aggregate sums a column', 'aggregate(ctr_height with sum as total)', { holds: { value: [{ total: 255 }] } }),
  apply(
    'aggregate takes average, min and max',
    'aggregate(ctr_height with average as mean,ctr_height with min as least,ctr_height with max as most)',
    {
      holds: { value: [{ mean: 31.875, least: 0, most: 120 }] },
    },
  ),
  apply('aggregate counts rows', 'aggregate($count as n)', { holds: { value: [{ n: 10 }] } }),
  apply('groupby with a count', 'groupby((ctr_ripeness),aggregate($count as n))', {
    holds: {
      value: expect.arrayContaining([
        { ctr_ripeness: 472190000, n: 4 },
        { ctr_ripeness: 472190001, n: 3 },
      ]),
    },
  }),
  apply('groupby alone gives distinct values', 'groupby((ctr_issound))', {
    holds: { value: expect.arrayContaining([{ ctr_issound: true }, { ctr_issound: false }]) },
  }),
  apply(
    'the group of null has no property',
    "filter(ctr_code eq 'd' or ctr_code eq 'a')/groupby((ctr_flavours),aggregate($count as n))",
    {
      holds: { value: expect.arrayContaining([{ n: 1 }]) },
    },
  ),
  apply(
    'filter comes before groupby',
    'filter(ctr_height gt 10)/groupby((ctr_issound),aggregate(ctr_height with sum as total))',
    {
      holds: { value: [{ ctr_issound: true, total: 240 }] },
    },
  ),
  apply('filter comes before aggregate', 'filter(ctr_height gt 10)/aggregate(ctr_height with sum as total)', {
    holds: { value: [{ total: 240 }] },
  }),
  apply(
    'a grouped path is named table, underscore, column',
    "filter(ctr_code eq 'a')/groupby((ctr_AccountId/name),aggregate($count as n))",
    {
      holds: { value: [{ account_name: 'Alpha contract', n: 1 }] },
    },
  ),
  apply('countdistinct counts values', 'aggregate(ctr_height with countdistinct as n)', {
    holds: { value: [{ n: 7 }] },
  }),
  apply('groups have no key and no ETag', 'groupby((ctr_ripeness))', { lacks: ['ctr_treeid', '@odata.etag'] }),
  apply('groups carry formatted values', "filter(ctr_code eq 'a')/groupby((ctr_ripeness))", {
    headers: { Prefer: 'odata.include-annotations="*"' },
    holds: { value: [{ 'ctr_ripeness@OData.Community.Display.V1.FormattedValue': 'Green' }] },
  }),
  apply('money is summed', 'aggregate(ctr_price with sum as total)', { holds: { value: [{ total: 715.5 }] } }),
  apply('an unknown method is refused', 'aggregate(ctr_height with median as m)', { status: 400 }),
  apply('an unknown column in $apply is refused', 'groupby((nosuch))', { status: 400, code: '0x0' }),
  apply('an unknown transformation is refused', 'topcount(1,ctr_height)', { status: 400 }),
];
