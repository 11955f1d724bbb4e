import { one, type ContractCase, type Exchange } from '../contract-case.ts';

const rules = 'dev duplicaterule-entities';
const writes = 'dev webapi/manage-duplicate-detection-create-update';
const asked = 'dev run-duplicate-detection';
const codes = 'dev reference/web-service-error-codes';

const steps = (name: string, source: string, ...all: Exchange[]): ContractCase => ({ name, source, steps: all });
const detecting = { 'MSCRM.SuppressDuplicateDetection': 'false' };

const rule = (more: object, conditions: readonly object[], name = 'rule'): Exchange => ({
  send: 'POST duplicaterules',
  body: {
    name: 'Contract',
    baseentityname: 'account',
    matchingentityname: 'account',
    DuplicateRule_DuplicateRuleConditions: conditions,
    ...more,
  },
  status: 204,
  keep: { [name]: 'id' },
});
const condition = (baseattributename: string, operatorcode = 0, more: object = {}) => ({
  baseattributename,
  matchingattributename: baseattributename,
  operatorcode,
  ...more,
});
const publish = (name = 'rule'): Exchange => ({
  send: `POST duplicaterules({${name}})/Microsoft.Dynamics.CRM.PublishDuplicateRule`,
  body: {},
  status: 200,
  holds: { asyncoperationid: expect.any(String) },
});
const unpublish = (name = 'rule'): Exchange => ({
  send: 'POST UnpublishDuplicateRule',
  body: { DuplicateRuleId: `{${name}}` },
  status: 204,
});
const account = (body: object, more: Partial<Exchange> = {}): Exchange => ({
  send: 'POST accounts',
  body,
  status: 204,
  ...more,
});
const refused = { status: 412, code: '0x80040333', headers: detecting } as const;
const wording = 'A record was not created or updated because a duplicate of the current record already exists.';
const duplicates = (entity: string, more: Partial<Exchange>): Exchange => ({
  send: `GET RetrieveDuplicates(BusinessEntity=@p1,MatchingEntityName=@p2,PagingInfo=@p3)?@p1=${entity}&@p2='account'&@p3={'PageNumber':1,'Count':50}`,
  status: 200,
  ...more,
});

export const duplicateDetection: readonly ContractCase[] = [
  steps(
    'a rule is made unpublished, published by a system job, and unpublished',
    rules,
    rule({}, [condition('accountnumber')]),
    {
      send: 'GET duplicaterules({rule})?$select=statecode,statuscode,matchingentityname',
      status: 200,
      holds: { statecode: 0, statuscode: 0, matchingentityname: 'account' },
    },
    { ...publish(), keep: { job: 'asyncoperationid' } },
    { send: 'GET asyncoperations({job})?$select=operationtype', status: 200, holds: { operationtype: 7 } },
    {
      send: 'GET duplicaterules({rule})?$select=statecode,statuscode',
      status: 200,
      holds: { statecode: 1, statuscode: 2 },
    },
    unpublish(),
    {
      send: 'GET duplicaterules({rule})?$select=statecode,statuscode',
      status: 200,
      holds: { statecode: 0, statuscode: 0 },
    },
  ),
  steps(
    'a create that asks for it is refused where a duplicate is there',
    writes,
    rule({}, [condition('accountnumber')]),
    publish(),
    account({ name: 'First', accountnumber: 'DUP-1' }),
    account({ name: 'Second', accountnumber: 'dup-1' }, { ...refused, message: wording }),
    account({ name: 'Other', accountnumber: 'DUP-2' }, { headers: detecting }),
    unpublish(),
  ),
  steps(
    'duplicates are let in where the request does not ask',
    writes,
    rule({}, [condition('accountnumber')]),
    publish(),
    account({ name: 'First', accountnumber: 'DUP-3' }),
    account({ name: 'Second', accountnumber: 'DUP-3' }),
    account({ name: 'Third', accountnumber: 'DUP-3' }, { headers: { 'MSCRM.SuppressDuplicateDetection': 'true' } }),
    unpublish(),
  ),
  steps(
    'an update that asks for it is refused where it makes a duplicate',
    writes,
    rule({}, [condition('accountnumber')]),
    publish(),
    account({ name: 'First', accountnumber: 'DUP-4' }),
    account({ name: 'Second', accountnumber: 'DUP-5' }, { keep: { second: 'id' } }),
    { send: 'PATCH accounts({second})', body: { accountnumber: 'DUP-4' }, ...refused },
    { send: 'PATCH accounts({second})', body: { accountnumber: 'DUP-5' }, headers: detecting, status: 204 },
    unpublish(),
  ),
  steps(
    'in a change set, the duplicate undoes all of it',
    writes,
    rule({}, [condition('accountnumber')]),
    publish(),
    account({ name: 'First', accountnumber: 'DUP-6' }),
    {
      send: 'POST $batch',
      batch: [
        [
          { send: 'POST accounts', body: { name: 'Beside', accountnumber: 'DUP-7' } },
          { send: 'POST accounts', body: { name: 'Second', accountnumber: 'DUP-6' }, headers: detecting },
        ],
      ],
      status: 412,
    },
    { send: "GET accounts?$filter=accountnumber eq 'DUP-7'", status: 200, holds: { value: [] } },
    unpublish(),
  ),
  steps(
    'conditions must all hold',
    rules,
    rule({}, [condition('accountnumber'), condition('telephone1', 0, { ignoreblankvalues: true })]),
    publish(),
    account({ name: 'First', accountnumber: 'DUP-8', telephone1: '1' }),
    account({ name: 'Second', accountnumber: 'DUP-8', telephone1: '2' }, { headers: detecting }),
    account({ name: 'Third', accountnumber: 'DUP-8' }, { headers: detecting }),
    account({ name: 'Fourth', accountnumber: 'DUP-8', telephone1: '1' }, refused),
    unpublish(),
  ),
  steps(
    'blank values match where a condition does not ignore them and is not the only one',
    rules,
    rule({}, [condition('accountnumber'), condition('fax')]),
    publish(),
    account({ name: 'First', accountnumber: 'DUP-9' }),
    account({ name: 'Second', accountnumber: 'DUP-9' }, refused),
    unpublish(),
  ),
  steps(
    'the only condition never matches blank values',
    rules,
    rule({}, [condition('fax')]),
    publish(),
    account({ name: 'First' }),
    account({ name: 'Second' }, { headers: detecting }),
    unpublish(),
  ),
  steps(
    'same first characters, wildcards among them',
    rules,
    rule({}, [condition('accountnumber', 1, { operatorparam: 5 })]),
    publish(),
    account({ name: 'First', accountnumber: 'D%_10-one' }),
    account({ name: 'Second', accountnumber: 'D%_10-two' }, refused),
    account({ name: 'Third', accountnumber: 'Dxx10-two' }, { headers: detecting }),
    unpublish(),
  ),
  steps(
    'same last characters',
    rules,
    rule({}, [condition('accountnumber', 2, { operatorparam: 4 })]),
    publish(),
    account({ name: 'First', accountnumber: 'one-DU11' }),
    account({ name: 'Second', accountnumber: 'two-du11' }, refused),
    account({ name: 'Third', accountnumber: 'DU11-end' }, { headers: detecting }),
    unpublish(),
  ),
  steps(
    'letter case counts where the rule says so',
    rules,
    rule({ iscasesensitive: true }, [condition('accountnumber')]),
    publish(),
    account({ name: 'First', accountnumber: 'Dup-12' }),
    account({ name: 'Second', accountnumber: 'DUP-12' }, { headers: detecting }),
    account({ name: 'Third', accountnumber: 'Dup-12' }, refused),
    unpublish(),
  ),
  steps(
    'inactive rows do not count where the rule leaves them out',
    rules,
    rule({ excludeinactiverecords: true }, [condition('accountnumber')]),
    publish(),
    account({ name: 'First', accountnumber: 'DUP-13' }, { keep: { first: 'id' } }),
    { send: 'PATCH accounts({first})', body: { statecode: 1 }, status: 204 },
    account({ name: 'Second', accountnumber: 'DUP-13' }, { headers: detecting }),
    account({ name: 'Third', accountnumber: 'DUP-13' }, refused),
    unpublish(),
  ),
  steps(
    'a rule may look for duplicates in another table',
    rules,
    rule({ matchingentityname: 'contact' }, [
      { baseattributename: 'emailaddress1', matchingattributename: 'emailaddress1', operatorcode: 0 },
    ]),
    publish(),
    {
      send: 'POST contacts',
      body: { lastname: 'Duplicate', emailaddress1: 'dup14@contract.example' },
      status: 204,
      keep: { contact: 'id' },
    },
    account({ name: 'First', emailaddress1: 'dup14@contract.example' }, refused),
    unpublish(),
  ),
  steps(
    'a rule whose conditions change is unpublished',
    rules,
    rule({}, [condition('accountnumber')]),
    publish(),
    {
      send: 'POST duplicateruleconditions',
      body: { ...condition('fax'), 'regardingobjectid@odata.bind': '/duplicaterules({rule})' },
      status: 204,
    },
    { send: 'GET duplicaterules({rule})?$select=statuscode', status: 200, holds: { statuscode: 0 } },
  ),
  steps(
    'conditions go with their rule',
    rules,
    rule({}, [condition('accountnumber')]),
    {
      send: 'GET duplicaterules({rule})/DuplicateRule_DuplicateRuleConditions?$select=operatorcode,operatorparam',
      status: 200,
      holds: { value: [{ operatorcode: 0, operatorparam: null }] },
    },
    { send: 'DELETE duplicaterules({rule})', status: 204 },
    {
      send: 'GET duplicateruleconditions?$filter=_regardingobjectid_value eq {rule}',
      status: 200,
      holds: { value: [] },
    },
  ),
  steps('a rule without conditions is not published', codes, rule({}, []), {
    send: 'POST duplicaterules({rule})/Microsoft.Dynamics.CRM.PublishDuplicateRule',
    body: {},
    status: 400,
    code: '0x80048414',
  }),
  steps(
    'a table publishes five rules at most',
    rules,
    ...[1, 2, 3, 4, 5, 6].map((number) =>
      rule({ baseentityname: 'contact', matchingentityname: 'contact' }, [condition('fax')], `r${number}`),
    ),
    ...[1, 2, 3, 4, 5].map((number) => publish(`r${number}`)),
    {
      send: 'POST duplicaterules({r6})/Microsoft.Dynamics.CRM.PublishDuplicateRule',
      body: {},
      status: 400,
      code: '0x80048419',
    },
    ...[1, 2, 3, 4, 5].map((number) => unpublish(`r${number}`)),
  ),
  one('a table with duplicate detection off takes no rule', codes, {
    send: 'POST duplicaterules',
    body: { name: 'Contract', baseentityname: 'ctr_tree', matchingentityname: 'ctr_tree' },
    status: 400,
    code: '0x80048410',
  }),
  steps('a condition compares no images', codes, rule({}, []), {
    send: 'POST duplicateruleconditions',
    body: { ...condition('entityimage'), 'regardingobjectid@odata.bind': '/duplicaterules({rule})' },
    status: 400,
    code: '0x80048430',
  }),
  steps(
    'RetrieveDuplicates answers the duplicates of a row that is there',
    asked,
    rule({}, [condition('accountnumber')]),
    publish(),
    account({ name: 'First', accountnumber: 'DUP-15' }, { keep: { first: 'id' } }),
    account({ name: 'Second', accountnumber: 'DUP-15' }, { keep: { second: 'id' } }),
    duplicates("{'@odata.type':'Microsoft.Dynamics.CRM.account','accountid':'{first}'}", {
      holds: { '@odata.context': '{base}/$metadata#accounts', value: [{ accountid: '{second}', name: 'Second' }] },
    }),
    unpublish(),
  ),
  steps(
    'RetrieveDuplicates answers those of a row yet to be made',
    asked,
    rule({}, [condition('accountnumber')]),
    publish(),
    account({ name: 'First', accountnumber: 'DUP-16' }, { keep: { first: 'id' } }),
    duplicates("{'@odata.type':'Microsoft.Dynamics.CRM.account','accountnumber':'dup-16'}", {
      column: ['accountid', ['{first}']],
    }),
    duplicates("{'@odata.type':'Microsoft.Dynamics.CRM.account','accountnumber':'dup-17'}", { holds: { value: [] } }),
    unpublish(),
  ),
  one('RetrieveDuplicates knows no unknown table', asked, {
    send: "GET RetrieveDuplicates(BusinessEntity=@p1,MatchingEntityName='nosuch')?@p1={'@odata.type':'Microsoft.Dynamics.CRM.account','name':'x'}",
    status: 400,
  }),
];
