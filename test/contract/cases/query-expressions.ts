import { one, type ContractCase, type Exchange } from '../contract-case.ts';

const bulkDelete = 'dev delete-data-bulk';
const expressions = 'dev webapi/reference/queryexpression';

const steps = (name: string, source: string, ...all: Exchange[]): ContractCase => ({ name, source, steps: all });
const condition = (AttributeName: string, Operator: string, ...values: readonly string[]) => ({
  AttributeName,
  Operator,
  Values: values.map((Value) => ({ Value, Type: 'System.String' })),
});
const query = (Criteria: object, more: object = {}) => ({
  '@odata.type': 'Microsoft.Dynamics.CRM.QueryExpression',
  EntityName: 'ctr_tree',
  ColumnSet: { AllColumns: false, Columns: ['ctr_name'] },
  Criteria,
  ...more,
});
const and = (...Conditions: object[]) => ({ FilterOperator: 'And', Conditions });

const job = (QuerySet: readonly object[], more: object = {}, answer: Partial<Exchange> = {}): Exchange => ({
  send: 'POST BulkDelete',
  body: {
    QuerySet,
    JobName: 'Contract',
    SendEmailNotification: false,
    ToRecipients: [],
    CCRecipients: [],
    RecurrencePattern: '',
    StartDateTime: '2024-01-01T00:00:00Z',
    ...more,
  },
  status: 200,
  holds: {
    '@odata.context': '{base}/$metadata#Microsoft.Dynamics.CRM.BulkDeleteResponse',
    JobId: expect.any(String),
  },
  ...answer,
});
const fell = (name: string, keep: string): Exchange => ({
  send: 'POST ctr_trees',
  body: { ctr_name: name },
  status: 204,
  keep: { [keep]: 'id' },
});
const isGone = (id: string): Exchange => ({ send: `GET ctr_trees({${id}})?$select=ctr_name`, status: 404 });
const isThere = (id: string): Exchange => ({ send: `GET ctr_trees({${id}})?$select=ctr_name`, status: 200 });

/** Whether the FetchXML a query expression is turned into has this in it. */
const turned = (name: string, given: object, text: RegExp) =>
  one(name, expressions, {
    send: `GET QueryExpressionToFetchXml(Query=@q)`,
    query: { '@q': JSON.stringify(given) },
    status: 200,
    holds: {
      '@odata.context': '{base}/$metadata#Microsoft.Dynamics.CRM.QueryExpressionToFetchXmlResponse',
      FetchXml: expect.stringMatching(text),
    },
  });

export const queryExpressions: readonly ContractCase[] = [
  turned('a query expression becomes FetchXML', query(and(condition('ctr_name', 'Equal', "O'Hara"))), /operator="eq"/),
  turned(
    'orders and a top',
    query(and(), { TopCount: 3, Orders: [{ AttributeName: 'ctr_name', OrderType: 'Descending' }] }),
    /descending="true"/,
  ),
  turned('a query function of dates', query(and(condition('ctr_seen', 'LastXDays', '5'))), /operator="last-x-days"/),
  turned(
    'a link with conditions of its own',
    query(and(), {
      LinkEntities: [
        {
          LinkFromEntityName: 'ctr_tree',
          LinkFromAttributeName: 'ctr_accountid',
          LinkToEntityName: 'account',
          LinkToAttributeName: 'accountid',
          JoinOperator: 'LeftOuter',
          EntityAlias: 'a',
          LinkCriteria: and(condition('name', 'BeginsWith', 'Alpha')),
        },
      ],
    }),
    /link-type="outer"[^]*operator="begins-with"/,
  ),
  steps(
    'BulkDelete deletes the rows of its query, and no others',
    bulkDelete,
    fell('Bulk one', 'one'),
    fell('Bulk two', 'two'),
    fell('Other', 'apart'),
    job([query(and(condition('ctr_name', 'Like', 'Bulk %')))]),
    isGone('one'),
    isGone('two'),
    isThere('apart'),
  ),
  steps(
    'BulkDelete by a list of ids, as clients delete many rows',
    bulkDelete,
    fell('First', 'one'),
    fell('Second', 'two'),
    fell('Third', 'three'),
    job([query(and(condition('ctr_treeid', 'In', '{one}', '{two}')))]),
    isGone('one'),
    isGone('two'),
    isThere('three'),
  ),
  steps(
    'BulkDelete is a system job with the name it is given',
    bulkDelete,
    fell('Only', 'one'),
    job([query(and(condition('ctr_treeid', 'Equal', '{one}')))], { JobName: 'Felling' }, { keep: { job: 'JobId' } }),
    {
      send: 'GET asyncoperations({job})?$select=name,operationtype',
      status: 200,
      holds: { name: 'Felling', operationtype: 13 },
    },
  ),
  one(
    'BulkDelete of an unknown table is refused',
    bulkDelete,
    job([{ ...query(and()), EntityName: 'nosuch' }], {}, { status: 400, holds: {}, code: '0x80041102' }),
  ),
  one('BulkDelete without a query is refused', bulkDelete, job([], {}, { status: 400, holds: {} })),
  {
    ...one(
      'BulkDelete needs its privilege',
      bulkDelete,
      job([query(and())], {}, { as: 'reader', status: 403, holds: {} }),
    ),
    needs: 'users',
  },
];
