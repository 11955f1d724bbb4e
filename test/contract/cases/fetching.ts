import { one, type ContractCase, type Exchange, type Need } from '../contract-case.ts';

const fetched = (
  name: string,
  source: string,
  fetchXml: string,
  answer: Partial<Exchange>,
  needs?: Need,
): ContractCase =>
  one(name, `dev ${source}`, { send: 'GET ctr_trees', query: { fetchXml }, status: 200, ...answer }, needs);

const tree = (inside: string, fetch = '') => `<fetch ${fetch}><entity name="ctr_tree">${inside}</entity></fetch>`;
const code = '<attribute name="ctr_code"/>';
const order = '<order attribute="ctr_code"/>';
const where = (...conditions: string[]) => `<filter>${conditions.join('')}</filter>`;
const is = (column: string, value: string | number, more = '') =>
  `<condition attribute="${column}" operator="eq" value="${value}" ${more}/>`;
const everything = { headers: { Prefer: 'odata.include-annotations="*"' } };
const cookie = '@Microsoft.Dynamics.CRM.fetchxmlpagingcookie';

const columns = 'fetchxml/select-columns';
const joins = 'fetchxml/join-tables';
const filters = 'fetchxml/filter-rows';
const ordering = 'fetchxml/order-rows';
const paging = 'fetchxml/page-results';
const figures = 'fetchxml/aggregate-data';
const counting = 'fetchxml/count-rows';

export const fetchingRows: readonly ContractCase[] = [
  fetched(
    'FetchXML answers the columns asked for and the key',
    columns,
    tree(`${code}<attribute name="ctr_height"/>${where(is('ctr_code', 'a'))}`),
    {
      holds: { value: [{ ctr_code: 'a', ctr_height: 5, ctr_treeid: '{a}' }] },
      lacks: ['ctr_name'],
    },
  ),
  fetched(
    'FetchXML leaves out columns that are null',
    'webapi/use-fetchxml-web-api',
    tree(`${code}<attribute name="ctr_height"/>${where(is('ctr_code', 'd'))}`),
    {
      holds: { value: [{ ctr_code: 'd' }] },
      lacks: ['ctr_height'],
    },
  ),
  fetched('all-attributes asks for every column', columns, tree(`<all-attributes/>${where(is('ctr_code', 'a'))}`), {
    holds: { value: [{ ctr_name: 'Apple', ctr_girth: 1.5, _ctr_accountid_value: '{alpha}' }] },
  }),
  fetched(
    'a lookup comes as _x_value with its annotations',
    columns,
    tree(`<attribute name="ctr_accountid"/>${where(is('ctr_code', 'a'))}`),
    {
      ...everything,
      holds: {
        value: [
          {
            _ctr_accountid_value: '{alpha}',
            '_ctr_accountid_value@OData.Community.Display.V1.FormattedValue': 'Alpha contract',
          },
        ],
      },
    },
  ),
  fetched(
    'an attribute takes an alias',
    columns,
    tree(`<attribute name="ctr_code" alias="mark"/>${where(is('ctr_code', 'a'))}`),
    { holds: { value: [{ mark: 'a' }] } },
  ),
  fetched(
    'spaces may arrive as plus signs',
    'webapi/use-fetchxml-web-api',
    tree(code + where(is('ctr_name', 'Basket+one'))),
    { rows: '' },
  ),
  fetched(
    'single quotes round attributes are XML too',
    columns,
    "<fetch><entity name='ctr_tree'><attribute name='ctr_code'/><filter><condition attribute='ctr_code' operator='eq' value='a'/></filter></entity></fetch>",
    { rows: 'a' },
  ),
  fetched('entities in a value are read', filters, tree(code + where(is('ctr_name', 'O&#39;Hara'))), { rows: 'e' }),
  fetched('top limits the rows', paging, tree(code + order, 'top="2"'), { rows: 'ab' }),
  fetched(
    'distinct rows by the columns selected',
    columns,
    tree('<attribute name="ctr_issound"/><order attribute="ctr_issound"/>', 'distinct="true"'),
    {
      holds: { value: [{ ctr_issound: false }, { ctr_issound: true }] },
      lacks: ['ctr_treeid'],
    },
  ),
  fetched(
    'attributes of older queries are taken',
    'fetchxml/reference/fetch',
    tree(code + order, 'version="1.0" mapping="logical" output-format="xml-platform" no-lock="true" top="1"'),
    { rows: 'a' },
  ),
  fetched(
    'latematerialize and options are taken as hints',
    'fetchxml/reference/fetch',
    tree(code + order, 'latematerialize="true" options="Recompile" top="1"'),
    { rows: 'a' },
  ),
  one('savedQuery runs a stored view of its own table only', 'dev webapi/retrieve-and-execute-predefined-queries', {
    send: 'GET ctr_trees?savedQuery=00000000-0000-4000-8000-0000000000aa',
    status: 404,
    code: '0x80040217',
  }),
  {
    name: 'userQuery runs a view of the user',
    source: 'dev webapi/retrieve-and-execute-predefined-queries',
    steps: [
      {
        send: 'POST userqueries',
        body: {
          name: 'Contract view',
          returnedtypecode: 'ctr_tree',
          querytype: 0,
          fetchxml: tree(code + order + where(is('ctr_height', 30))),
          layoutxml:
            '<grid name="resultset"><row name="result" id="ctr_treeid"><cell name="ctr_code" width="100"/></row></grid>',
        },
        status: 204,
        keep: { view: 'id' },
      },
      { send: 'GET ctr_trees?userQuery={view}', status: 200, rows: 'ef' },
      { send: 'GET accounts?userQuery={view}', status: 400 },
    ],
  },
  fetched(
    'the table of the query must be that of the set',
    'webapi/use-fetchxml-web-api',
    '<fetch><entity name="account"/></fetch>',
    { status: 400 },
  ),
  fetched('text that is no XML is refused', 'fetchxml/retrieve-data', '<fetch><entity', {
    status: 400,
    code: '0x80040303',
  }),
  fetched('a root that is not fetch is refused', 'fetchxml/retrieve-data', '<query/>', { status: 400 }),
  fetched('an unknown table is refused', 'fetchxml/retrieve-data', '<fetch><entity name="nosuch"/></fetch>', {
    status: 400,
    code: '0x80041102',
  }),
  fetched('an unknown column is refused', columns, tree('<attribute name="nosuch"/>'), {
    status: 400,
    code: '0x80041103',
    message: "'ctr_tree' entity doesn't contain attribute with Name = 'nosuch' and NameMapping = 'Logical'.",
  }),
  fetched('an unknown column in a condition is refused', filters, tree(where(is('nosuch', 1))), {
    status: 400,
    code: '0x80041103',
  }),
  fetched('an unknown column in an order is refused', ordering, tree('<order attribute="nosuch"/>'), {
    status: 400,
    code: '0x80041103',
  }),
  fetched('a value of another kind is refused', filters, tree(where(is('ctr_height', 'tall'))), { status: 400 }),
  fetched(
    'a condition without its value is refused',
    filters,
    tree(where('<condition attribute="ctr_height" operator="eq"/>')),
    { status: 400 },
  ),
];

export const fetchingFilters: readonly ContractCase[] = [
  fetched(
    'conditions of a filter are all to hold',
    filters,
    tree(code + order + where(is('ctr_height', 30), is('ctr_girth', 1.5))),
    { rows: 'f' },
  ),
  fetched(
    'type or asks for one of them',
    filters,
    tree(`${code}${order}<filter type="or">${is('ctr_height', 5)}${is('ctr_height', 10)}</filter>`),
    { rows: 'ab' },
  ),
  fetched(
    'filters nest',
    filters,
    tree(
      `${code}${order}<filter type="and">${is('ctr_issound', 1)}<filter type="or">${is('ctr_height', 5)}${is('ctr_height', 10)}</filter></filter>`,
    ),
    { rows: 'a' },
  ),
  fetched(
    'two filters are both to hold',
    filters,
    tree(code + order + where(is('ctr_height', 30)) + where(is('ctr_girth', 1.5))),
    { rows: 'f' },
  ),
  fetched(
    'valueof compares two columns',
    filters,
    tree(`${code}${order}${where('<condition attribute="ctr_row" operator="eq" valueof="ctr_plot"/>')}`),
    { rows: 'a' },
  ),
  fetched(
    'valueof compares with a column of a link',
    filters,
    tree(
      `${code}${order}<link-entity name="ctr_tree" from="ctr_treeid" to="ctr_parentid" alias="p"/>${where('<condition attribute="ctr_height" operator="gt" valueof="p.ctr_height"/>')}`,
    ),
    { rows: 'bc' },
  ),
  fetched(
    'valueof takes comparisons only',
    filters,
    tree(where('<condition attribute="ctr_name" operator="like" valueof="ctr_code"/>')),
    { status: 400 },
  ),
  fetched(
    'values of a list stand in value elements',
    filters,
    tree(
      `${code}${order}${where('<condition attribute="ctr_height" operator="in"><value>5</value><value>10</value></condition>')}`,
    ),
    { rows: 'ab' },
  ),
  fetched(
    'like on a choice means its label',
    filters,
    tree(`${code}${order}${where('<condition attribute="ctr_ripeness" operator="like" value="am%"/>')}`),
    { rows: 'cfi' },
  ),
  fetched(
    'like on a lookup means the name it shows',
    filters,
    tree(`${code}${order}${where('<condition attribute="ctr_accountid" operator="like" value="beta%"/>')}`),
    { rows: 'de' },
  ),
  fetched(
    'a filter with the hint union is a filter',
    'fetchxml/optimize-performance',
    tree(`${code}${order}<filter type="or" hint="union">${is('ctr_height', 5)}${is('ctr_height', 10)}</filter>`),
    { rows: 'ab' },
  ),
  fetched(
    'quick find filters search their columns',
    'fetchxml/reference/filter',
    tree(
      `${code}${order}<filter type="or" isquickfindfields="1"><condition attribute="ctr_name" operator="like" value="fig%"/><condition attribute="ctr_code" operator="like" value="fig%"/></filter>`,
    ),
    { rows: 'g' },
  ),
  fetched(
    'a choice is ordered by its label',
    ordering,
    tree(`${code}<order attribute="ctr_ripeness"/><order attribute="ctr_code"/>`),
    { rows: 'cfiadgjbeh' },
  ),
  fetched(
    'useraworderby orders a choice by its number',
    ordering,
    tree(`${code}<order attribute="ctr_ripeness"/><order attribute="ctr_code"/>`, 'useraworderby="true"'),
    { rows: 'adgjbehcfi' },
  ),
  fetched(
    'a lookup is ordered by the name it shows',
    ordering,
    tree(`${code}<order attribute="ctr_accountid" descending="true"/><order attribute="ctr_code"/>`, 'top="5"'),
    { rows: 'deabc' },
  ),
  fetched(
    'entityname orders the root by a column of a link',
    ordering,
    tree(
      `${code}<order attribute="firstname" entityname="c" descending="true"/><order attribute="ctr_code"/><link-entity name="account" from="accountid" to="ctr_accountid"><link-entity name="contact" from="contactid" to="primarycontactid" alias="c"/></link-entity>`,
    ),
    { rows: 'deabc' },
  ),
  one('more than 500 conditions are refused', `dev ${filters}`, {
    send: 'POST $batch',
    batch: [
      {
        send: `GET ctr_trees?fetchXml=${tree(where(...Array.from({ length: 501 }, () => '<condition attribute="ctr_row" operator="null"/>')))}`,
      },
    ],
    status: 400,
    text: /"code":"0x8004430c"/,
  }),
];

const linked = (attributes: string, inside = '') =>
  `<link-entity name="account" from="accountid" to="ctr_accountid" ${attributes}>${inside}</link-entity>`;
const children = (attributes: string, inside = '') =>
  `<link-entity name="ctr_tree" from="ctr_parentid" to="ctr_treeid" ${attributes}>${inside}</link-entity>`;

export const fetchingLinks: readonly ContractCase[] = [
  fetched('a link is inner unless told otherwise', joins, tree(code + order + linked('alias="x"')), { rows: 'abcde' }),
  fetched(
    'columns of a link come as alias.column',
    joins,
    tree(code + order + linked('alias="x"', '<attribute name="name"/>'), 'top="1"'),
    { holds: { value: [{ 'x.name': 'Alpha contract' }] } },
  ),
  fetched(
    'a link without alias is named after its table and a number',
    joins,
    tree(code + order + linked('', '<attribute name="name"/>'), 'top="1"'),
    { holds: { value: [{ 'account1.name': 'Alpha contract' }] } },
  ),
  fetched(
    'a lookup of a link keeps its logical name, annotated',
    joins,
    tree(code + order + linked('alias="x"', '<attribute name="primarycontactid"/>'), 'top="1"'),
    {
      ...everything,
      holds: {
        value: [
          {
            'x.primarycontactid': '{carla}',
            'x.primarycontactid@OData.Community.Display.V1.FormattedValue': 'Carla Contract',
            'x.primarycontactid@Microsoft.Dynamics.CRM.lookuplogicalname': 'contact',
          },
        ],
      },
    },
  ),
  fetched(
    'an alias of a column of a link stands alone',
    joins,
    tree(code + order + linked('alias="x"', '<attribute name="name" alias="owner"/>'), 'top="1"'),
    { holds: { value: [{ owner: 'Alpha contract' }] } },
  ),
  fetched(
    'an outer link keeps rows without a partner',
    joins,
    tree(code + order + linked('alias="x" link-type="outer"')),
    { rows: 'abcdefghij' },
  ),
  fetched(
    'an outer link and null find rows without a partner',
    joins,
    tree(
      code +
        order +
        linked('alias="x" link-type="outer"') +
        where('<condition entityname="x" attribute="accountid" operator="null"/>'),
    ),
    { rows: 'fghij' },
  ),
  fetched(
    'a filter inside an outer link is part of the join',
    joins,
    tree(
      code +
        order +
        linked('alias="x" link-type="outer"', `<attribute name="name"/>${where(is('name', 'Beta contract'))}`),
      'top="1"',
    ),
    { rows: 'a', lacks: ['x.name'] },
  ),
  fetched(
    'a condition with entityname is applied after the join',
    filters,
    tree(code + order + linked('alias="x" link-type="outer"') + where(is('name', 'Beta contract', 'entityname="x"'))),
    { rows: 'de' },
  ),
  fetched(
    'a link with a filter narrows the rows',
    joins,
    tree(code + order + linked('alias="x"', where(is('name', 'Beta contract')))),
    { rows: 'de' },
  ),
  fetched(
    'links nest',
    joins,
    tree(
      code +
        order +
        linked(
          'alias="x"',
          '<link-entity name="contact" from="contactid" to="primarycontactid" alias="c"><attribute name="firstname"/><filter><condition attribute="firstname" operator="eq" value="Dora"/></filter></link-entity>',
        ),
    ),
    { rows: 'de', holds: { value: [{ 'c.firstname': 'Dora' }, {}] } },
  ),
  fetched(
    'a link to children repeats the parent',
    joins,
    tree(code + order + children('alias="k"', '<attribute name="ctr_code"/><order attribute="ctr_code"/>')),
    { rows: 'aab', column: ['ctr_code', ['a', 'a', 'b']] },
  ),
  fetched(
    'a many-to-many relationship is linked through its table',
    joins,
    tree(
      `${code}${order}<link-entity name="ctr_tree_basket" from="ctr_treeid" to="ctr_treeid" intersect="true"><link-entity name="ctr_basket" from="ctr_basketid" to="ctr_basketid" alias="b"><filter><condition attribute="ctr_name" operator="eq" value="Basket two"/></filter></link-entity></link-entity>`,
    ),
    { rows: 'bc' },
  ),
  fetched('link-type exists gives each parent once', joins, tree(code + order + children('link-type="exists"')), {
    rows: 'ab',
  }),
  fetched('link-type in gives each parent once', joins, tree(code + order + children('link-type="in"')), {
    rows: 'ab',
  }),
  fetched(
    'link-type exists takes a filter',
    joins,
    tree(code + order + children('link-type="exists"', where(is('ctr_code', 'c')))),
    { rows: 'b' },
  ),
  fetched(
    'link-type matchfirstrowusingcrossapply gives one child at most',
    joins,
    tree(code + order + children('link-type="matchfirstrowusingcrossapply" alias="k"', '<attribute name="ctr_code"/>')),
    { rows: 'abcdefghij' },
  ),
  ...(
    [
      ['any', 'b'],
      ['not any', 'acdefghij'],
      ['all', 'a'],
      ['not all', 'b'],
    ] as const
  ).map(([type, rows]) =>
    fetched(
      `link-type ${type} inside a filter`,
      'fetchxml/filter-rows#filter-on-values-of-related-records',
      tree(code + order + where(children(`link-type="${type}"`, where(is('ctr_code', 'c'))))),
      { rows },
    ),
  ),
  fetched(
    'a link inside a filter of type or is one of its conditions',
    'fetchxml/filter-rows',
    tree(
      `${code}${order}<filter type="or">${is('ctr_code', 'j')}${children('link-type="any"', where(is('ctr_code', 'c')))}</filter>`,
    ),
    { rows: 'bj' },
  ),
  fetched(
    'a link of any two columns is a join',
    joins,
    tree(
      `${code}${order}<link-entity name="ctr_tree" from="ctr_height" to="ctr_height" alias="same" link-type="inner"><filter><condition attribute="ctr_code" operator="eq" value="e"/></filter></link-entity>`,
    ),
    { rows: 'ef' },
  ),
  fetched(
    'an unknown table of a link is refused',
    joins,
    tree('<link-entity name="nosuch" from="x" to="ctr_treeid"/>'),
    { status: 400 },
  ),
  fetched(
    'an unknown column of a link is refused',
    joins,
    tree('<link-entity name="account" from="nosuch" to="ctr_accountid"/>'),
    { status: 400, code: '0x80041103' },
  ),
  fetched('an unknown link type is refused', joins, tree(linked('link-type="sideways"')), { status: 400 }),
  fetched('sixteen links are too many', joins, tree(Array.from({ length: 16 }, () => linked('')).join('')), {
    status: 400,
    code: '0x8004430d',
  }),
  fetched('two links of one alias are refused', joins, tree(linked('alias="x"') + linked('alias="x"')), {
    status: 400,
  }),
  fetched('an alias nobody has is refused', filters, tree(where(is('name', 'x', 'entityname="nobody"'))), {
    status: 400,
  }),
];

export const fetchingPages: readonly ContractCase[] = [
  fetched('count and page give a page', paging, tree(code + order, 'count="4" page="2"'), { rows: 'efgh' }),
  fetched('more pages are told by annotations', paging, tree(code + order, 'count="4" page="1"'), {
    ...everything,
    rows: 'abcd',
    holds: {
      '@Microsoft.Dynamics.CRM.morerecords': true,
      [cookie]: expect.stringMatching(/^<cookie pagenumber="2" pagingcookie="%253c?C?cookie%2520page%253/i),
    },
  }),
  fetched('the last page has neither annotation', paging, tree(code + order, 'count="4" page="3"'), {
    ...everything,
    rows: 'ij',
    lacks: ['@Microsoft.Dynamics.CRM.morerecords', cookie],
  }),
  fetched('without the preference neither annotation comes', paging, tree(code + order, 'count="4"'), {
    rows: 'abcd',
    lacks: ['@Microsoft.Dynamics.CRM.morerecords', cookie],
  }),
  fetched(
    'a paging cookie takes up behind its last row',
    paging,
    tree(
      code + order,
      'count="3" page="2" paging-cookie="&lt;cookie page=&quot;1&quot;&gt;&lt;ctr_code last=&quot;c&quot; first=&quot;a&quot; /&gt;&lt;ctr_treeid last=&quot;{FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF}&quot; first=&quot;{00000000-0000-0000-0000-000000000000}&quot; /&gt;&lt;/cookie&gt;"',
    ),
    { rows: 'def' },
  ),
  fetched(
    'a paging cookie of another order is refused',
    paging,
    tree(
      code + order,
      'count="3" page="2" paging-cookie="&lt;cookie page=&quot;1&quot;&gt;&lt;ctr_height last=&quot;1&quot; first=&quot;1&quot; /&gt;&lt;/cookie&gt;"',
    ),
    { status: 400, code: '0x80041129' },
  ),
  fetched(
    'a paging cookie that is none is refused',
    paging,
    tree(code + order, 'count="3" page="2" paging-cookie="crumbs"'),
    { status: 400, code: '0x8004112a' },
  ),
  fetched(
    'returntotalrecordcount counts all rows',
    counting,
    tree(code + order, 'count="2" returntotalrecordcount="true"'),
    {
      ...everything,
      rows: 'ab',
      holds: {
        '@Microsoft.Dynamics.CRM.totalrecordcount': 10,
        '@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded': false,
      },
    },
  ),
  one('$count=true accompanies fetchXml', 'dev fetchxml/count-rows', {
    send: 'GET ctr_trees?$count=true',
    query: { fetchXml: tree(code + order, 'count="2"') },
    status: 200,
    holds: { '@odata.count': 10 },
  }),
  fetched('top does not go with page', paging, tree(code, 'top="3" page="1"'), { status: 400 }),
  fetched('top is no more than 5,000', paging, tree(code, 'top="5001"'), { status: 400 }),
  fetched('simple paging ends at 50,000 rows', paging, tree(code, 'count="5000" page="12"'), {
    status: 400,
    code: '0x8004430a',
  }),
];

const grouped = (inside: string) => tree(inside, 'aggregate="true"');
const figure = (column: string, kind: string, more = '') =>
  `<attribute name="${column}" alias="n" aggregate="${kind}" ${more}/>`;

export const fetchingFigures: readonly ContractCase[] = [
  ...(
    [
      ['count', 10, ''],
      ['countcolumn', 8, ''],
      ['countcolumn', 7, 'distinct="true"'],
      ['sum', 255, ''],
      ['avg', 31, ''],
      ['min', 0, ''],
      ['max', 120, ''],
    ] as const
  ).map(([kind, value, more]) =>
    fetched(`aggregate ${kind} ${more}`.trim(), figures, grouped(figure('ctr_height', kind, more)), {
      holds: { value: [{ n: kind === 'avg' ? expect.closeTo(value, -1) : value }] },
    }),
  ),
  fetched(
    'a group and its count',
    figures,
    grouped(
      `<attribute name="ctr_issound" alias="sound" groupby="true"/>${figure('ctr_treeid', 'count')}<order alias="n" descending="true"/>`,
    ),
    {
      holds: {
        value: [
          { sound: true, n: 7 },
          { sound: false, n: 3 },
        ],
      },
      lacks: ['ctr_treeid', '@odata.etag'],
    },
  ),
  fetched(
    'a group by a choice is labelled',
    figures,
    grouped(
      `<attribute name="ctr_ripeness" alias="ripe" groupby="true"/>${figure('ctr_treeid', 'count')}<order alias="n" descending="true"/>`,
    ),
    {
      ...everything,
      holds: { value: [{ ripe: 472190000, 'ripe@OData.Community.Display.V1.FormattedValue': 'Green', n: 4 }, {}, {}] },
    },
  ),
  ...(
    [
      ['day', 15],
      ['week', 7],
      ['month', 2],
      ['quarter', 1],
      ['year', 2024],
      ['fiscal-year', 2024],
      // The figure of a period is documented by its label only.
      ['fiscal-period', expect.any(Number)],
    ] as const
  ).map(([grouping, value]) =>
    fetched(
      `dategrouping ${grouping}`,
      'fetchxml/reference/attribute#date-grouping-options',
      grouped(
        `<attribute name="ctr_planted" alias="part" groupby="true" dategrouping="${grouping}"/>${figure('ctr_treeid', 'count')}${where(is('ctr_code', 'a'))}`,
      ),
      {
        holds: { value: [{ part: value, n: 1 }] },
      },
    ),
  ),
  fetched(
    'rowaggregate counts the children of each row',
    'fetchxml/reference/attribute',
    tree(`${code}<attribute name="ctr_treeid" alias="kids" rowaggregate="CountChildren"/>${order}`, 'top="3"'),
    {
      column: ['kids', [2, 1, 0]],
    },
  ),
  fetched(
    'a figure over a column of a link',
    figures,
    grouped(
      `<link-entity name="account" from="accountid" to="ctr_accountid"><attribute name="name" alias="owner" groupby="true"/><order alias="owner"/></link-entity>${figure('ctr_height', 'sum')}`,
    ),
    {
      holds: {
        value: [
          { owner: 'Alpha contract', n: 35 },
          { owner: 'Beta contract', n: 30 },
        ],
      },
    },
  ),
  fetched('a figure without alias is refused', figures, grouped('<attribute name="ctr_height" aggregate="sum"/>'), {
    status: 400,
    code: '0x8004110b',
  }),
  fetched(
    'two figures of one alias are refused',
    figures,
    grouped(figure('ctr_height', 'sum') + figure('ctr_height', 'max')),
    { status: 400, code: '0x80041130' },
  ),
  fetched('a sum of text is refused', figures, grouped(figure('ctr_name', 'sum')), { status: 400, code: '0x8004112f' }),
  fetched(
    'an order by attribute among figures is refused',
    figures,
    grouped(`${figure('ctr_height', 'sum')}<order attribute="ctr_height"/>`),
    { status: 400 },
  ),
];
