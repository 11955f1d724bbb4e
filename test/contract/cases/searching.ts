import { one, type ContractCase, type Exchange } from '../contract-case.ts';

const overview = 'dev search/overview';
const query = 'dev search/query';
const suggest = 'dev search/suggest';
const autocomplete = 'dev search/autocomplete';
const status = 'dev search/statistics-status';
const legacy = 'dev search/legacy';

/** A real environment tells its index of new rows minutes later; the emulator at once. */
const steps = (name: string, source: string, ...all: Exchange[]): ContractCase => ({
  name,
  source,
  needs: 'emulator',
  steps: all,
});

const account = (name: string, more: object = {}, kept = 'it'): Exchange => ({
  send: 'POST accounts',
  body: { name, ...more },
  status: 204,
  keep: { [kept]: 'id' },
});

/** A search whose unescaped answer holds these parts of JSON, and none of those. */
const ask = (operation: string, body: object, parts: readonly string[], lacks: readonly string[] = []): Exchange => ({
  send: `POST search${operation}`,
  body,
  status: 200,
  holds: {
    '@odata.context': expect.stringMatching(
      new RegExp(`\\$metadata#Microsoft\\.Dynamics\\.CRM\\.search${operation}Response$`),
    ),
    response: holding(parts, lacks),
  },
});
const holding = (parts: readonly string[], lacks: readonly string[]) =>
  expect.stringMatching(
    new RegExp(
      `^${lacks.map((part) => `(?![^]*${escaped(part)})`).join('')}${parts.map((part) => `(?=[^]*${escaped(part)})`).join('')}`,
    ),
  );
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const native = (path: string, body: object, more: Partial<Exchange>): Exchange => ({
  send: `POST ../../search/${path}`,
  body,
  status: 200,
  ...more,
});
/** Text of which the first part is marked. */
const marked = (found: string, more = '') =>
  expect.stringMatching(new RegExp(`^\\{crmhit\\}${found}\\{/crmhit\\}${more}$`));
const entities = (...list: object[]) => JSON.stringify(list);

export const searching: readonly ContractCase[] = [
  steps(
    'a query answers rows with attributes, highlights and a score inside an escaped text',
    query,
    account('Quillfeather Pharmaceuticals (sample)'),
    ask(
      'query',
      {
        top: 7,
        search: 'Quillfeather',
        skip: 0,
        entities: entities({
          Name: 'account',
          SelectColumns: ['name', 'createdon'],
          SearchColumns: ['name'],
          Filter: 'statecode eq 0',
        }),
        orderby: '["createdon desc"]',
        filter: 'createdon gt 2022-08-15',
        count: true,
        options: 'null',
        facets: 'null',
      },
      [
        '"Error":null',
        '"EntityName":"account","ObjectTypeCode":0,"Attributes":{"@search.objecttypecode":1,"name":"Quillfeather Pharmaceuticals (sample)","createdon":"',
        '"Highlights":{"name":["{crmhit}Quillfeather{/crmhit} Pharmaceuticals (sample)"]}',
        '"Facets":{},"QueryContext":null,"Count":1',
      ],
    ),
    ask('query', { search: 'Quillfeather' }, ['"Count":-1']),
  ),
  steps(
    'simple syntax: and, or, not, brackets, wildcard and phrase',
    `${query}#simple-search-syntax`,
    account('Zephyrhotel Wifi'),
    account('Zephyrhotel Luxury'),
    account('Zephyrhotel Plain'),
    ask('query', { search: 'zephyrhotel+(wifi | luxury)', count: true }, ['"Count":2'], ['Plain']),
    ask('query', { search: 'zephyrhotel + -wifi', count: true }, ['"Count":2'], ['Zephyrhotel Wifi']),
    ask('query', { search: 'Zephyrh*', count: true }, ['"Count":3']),
    ask('query', { search: '"zephyrhotel plain"', count: true }, ['"Count":1', '{crmhit}']),
    ask('query', { search: 'wifi zephyrhotel', count: true, options: "{'searchmode': 'all'}" }, ['"Count":1']),
  ),
  steps(
    'Lucene syntax: operators, fuzzy words, proximity and regular expressions',
    `${query}#lucerne-query-syntax`,
    account('Xylomotel University'),
    account('Xylohotel near an airport'),
    ...(
      [
        ['/xylo[mh]otel/', 2],
        ['xylomotel AND university', 1],
        ['xylohotel OR xylomotel', 2],
        ['/xylo.*/ NOT airport', 1],
        ['"xylohotel airport"~5', 1],
        ['"xylohotel airport"~1', 0],
        ['xylomotel AND Uniersty~', 1],
        ['Xylohotl~1', 1],
        ['/.*ylohotel/', 1],
      ] as const
    ).map(([search, found]) =>
      ask('query', { search, count: true, options: "{'querytype': 'lucene'}" }, [`"Count":${found}`]),
    ),
  ),
  steps(
    'facets count values and ranges of what was found',
    `${query}#facets-parameter`,
    account('Facetwort one'),
    ask(
      'query',
      {
        search: 'facetwort',
        facets:
          '["entityname,count:100","ownerid,count:100","createdon,values:2019-04-27T00:00:00|2020-03-27T00:00:00"]',
      },
      [
        '"entityname":[{"count":1,',
        '"value":"account"',
        '"optionalvalue":"',
        '"from":null,"to":"2019-04-27T00:00:00Z","type":"Range"',
      ],
    ),
  ),
  steps(
    'suggestions hold the primary name with the typed part marked, and the row',
    suggest,
    account('Brindlewick Yvonne (sample)'),
    ask(
      'suggest',
      { search: 'brin', top: 3, fuzzy: false, orderby: 'null', options: 'null', entities: 'null', filter: null },
      [
        '"Error":null,"Value":[{"Text":"{crmhit}Brin{/crmhit}dlewick Yvonne (sample)","Document":{"@search.objectid":"',
        '"@search.entityname":"account","@search.objecttypecode":1,"name":"Brindlewick Yvonne (sample)"}}],"QueryContext":null}',
      ],
    ),
  ),
  one('a suggestion needs three letters', `${suggest}#search-parameter`, {
    send: 'POST searchsuggest',
    body: { search: 'br' },
    status: 400,
  }),
  one('a search text has at most 100 characters', `${query}#search-parameter`, {
    send: 'POST searchquery',
    body: { search: 'a'.repeat(101) },
    status: 400,
  }),
  steps(
    'a word that was begun is completed',
    autocomplete,
    account('Contessaberg'),
    ask(
      'autocomplete',
      {
        search: 'Contessab',
        fuzzy: true,
        filter: null,
        entities: entities({
          Name: 'account',
          SelectColumns: ['name', 'createdon'],
          SearchColumns: ['name'],
          Filter: null,
        }),
      },
      ['{"Error":null,"Value":"{crmhit}contessaberg{/crmhit}","QueryContext":null}'],
    ),
  ),
  one('the status names tables and their fields', `${status}#status`, {
    send: 'GET searchstatus',
    status: 200,
    holds: {
      response: holding(
        [
          '{"value":{"entitystatusresults":[',
          '"searchableindexedfieldinfomap":{',
          '"indexfieldname":"i_0"',
          '"status":"provisioned"',
        ],
        [],
      ),
    },
  }),
  one('statistics tell bytes and documents', `${status}#statistics`, {
    send: 'GET searchstatistics',
    status: 200,
    holds: {
      response: expect.stringMatching(
        /^\{"value":\{"storagesizeinbytes":\d+,"storagesizeinmb":\d+,"documentcount":\d+\}\}$/,
      ),
    },
  }),
  steps(
    'version 2.0 of the search endpoint answers as the Web API does',
    overview,
    account('Endpointer'),
    native('v2.0/query', { search: 'endpointer', count: true }, { holds: { response: holding(['"Count":1'], []) } }),
    { send: 'GET ../../search/v2.0/status', status: 200, holds: { response: holding(['provisioned'], []) } },
  ),
  steps(
    'the legacy search answers rows as they are shown',
    legacy,
    account('Legacyworth', { address1_city: 'Bern' }),
    native(
      'v1.0/query',
      {
        search: 'legacyworth',
        facets: ['@search.entityname,count:100', 'account.primarycontactid,count:100'],
        returntotalrecordcount: true,
      },
      {
        holds: {
          value: [
            {
              '@search.score': expect.any(Number),
              '@search.highlights': { name: [marked('Legacyworth')] },
              '@search.entityname': 'account',
              '@search.objectid': '{it}',
              '@search.objecttypecode': 1,
              ownerid: expect.any(String),
              owneridname: expect.any(String),
              '@search.ownerid.logicalname': 'systemuser',
              name: 'Legacyworth',
              createdon: expect.stringMatching(/^\d+\/\d+\/\d{4} \d+:\d\d [AP]M$/),
            },
          ],
          facets: {
            '@search.entityname': [{ Type: 'Value', Value: 'account', Count: 1 }],
            'account.primarycontactid': [],
          },
          totalrecordcount: 1,
        },
      },
    ),
    native(
      'v1.0/query',
      { search: 'legacyworth', filter: "account:address1_city eq 'Basel'", searchmode: 'all', searchtype: 'full' },
      { holds: { value: [], totalrecordcount: -1 } },
    ),
    native(
      'v1.0/suggest',
      { search: 'legacy' },
      {
        holds: {
          value: [{ text: marked('Legacy', 'worth'), document: { '@search.objectid': '{it}', name: 'Legacyworth' } }],
        },
      },
    ),
    native('v1.0/autocomplete', { search: 'legacyw' }, { holds: { value: marked('legacyworth') } }),
  ),
  steps(
    'with search switched off every search is refused',
    `${overview}#error-when-search-not-enabled`,
    { send: 'GET WhoAmI', status: 200, keep: { organization: 'OrganizationId' } },
    { send: 'PATCH organizations({organization})', body: { isexternalsearchindexenabled: false }, status: 204 },
    ...['query', 'suggest', 'autocomplete'].flatMap((operation): Exchange[] => [
      {
        send: `POST search${operation}`,
        body: { search: 'contoso' },
        status: 400,
        code: '0x80048d0b',
        message: 'Dataverse Search feature is disabled for this organization.',
      },
      native(`v2.0/${operation}`, { search: 'contoso' }, { status: 400, code: '0x80048d0b' }),
    ]),
    {
      send: 'GET searchstatus',
      status: 200,
      holds: { response: '{"value":{"status":"notprovisioned","lockboxstatus":"Unknown"}}' },
    },
    { send: 'PATCH organizations({organization})', body: { isexternalsearchindexenabled: true }, status: 204 },
  ),
];
