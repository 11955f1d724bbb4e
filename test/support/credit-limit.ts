import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { admin, service, type Services } from './emulator.ts';

export const sales = 'sales@fnoconnect.example';
export const manager = 'manager@fnoconnect.example';
export const flows = 'flows@fnoconnect.example';

/** Status reasons of a request. */
export const status = {
  inReview: 1,
  waiting: 715_000_001,
  applying: 715_000_002,
  proposed: 715_000_003,
  refused: 715_000_004,
  failed: 715_000_005,
  confirmed: 2,
  rejected: 715_000_006,
  notNeeded: 715_000_007,
  notSynchronised: 715_000_008,
} as const;

/** Why a request waits, went back or ended so. */
export const reason = {
  limitChanged: 715_000_000,
  aboveHighest: 715_000_001,
  notByDecider: 715_000_002,
  samePerson: 715_000_003,
  notReviewed: 715_000_004,
  noCompany: 715_000_005,
  notACustomer: 715_000_006,
  notReached: 715_000_007,
  refused: 715_000_008,
  proposed: 715_000_009,
  noAddress: 715_000_010,
  caseNotResolved: 715_000_011,
  notInformed: 715_000_012,
} as const;

export const creditLimitIncrease = 715_000_000;
export const approve = 715_000_000;
export const reject = 715_000_001;

type Row = any; // eslint-disable-line @typescript-eslint/no-explicit-any -- rows are as the Web API gives them

/** What people do in the credit-limit scenario, over the Web API as they do it in the app. */
export function creditLimitScenario(there: () => Services) {
  const ask = async (method: string, path: string, as: string, body?: object, headers?: Record<string, string>) => {
    const answer = await there().dataverse(method, path, { as, ...(body && { body }), ...(headers && { headers }) });
    if (answer.status >= 300) throw new Error(`${method} ${path} as ${as}: ${answer.status} ${answer.text}`);
    return answer.body as Row;
  };
  const first = async (path: string, as = admin) => (await ask('GET', path, as)).value[0] as Row;
  const idOf = async (email: string) =>
    (await first(`systemusers?$select=systemuserid&$filter=internalemailaddress eq '${email}'`)).systemuserid as string;

  const account = (number: string, as = admin) =>
    first(
      `accounts?$select=accountid,name,creditlimit,_transactioncurrencyid_value&$filter=accountnumber eq '${number}'`,
      as,
    );

  /** The representative opens a case in which the customer asks for this limit. @returns its id */
  async function openCase(number: string, limit: number, { as = service, more = {} } = {}): Promise<string> {
    const { accountid, _transactioncurrencyid_value: currency } = await account(number);
    const body = {
      title: `${number} asks for ${limit}`,
      fno_requesttype: creditLimitIncrease,
      fno_requestedcreditlimit: limit,
      'customerid_account@odata.bind': `accounts(${accountid})`,
      'transactioncurrencyid@odata.bind': `transactioncurrencies(${currency})`,
      ...more,
    };
    return (await ask('POST', 'incidents', as, body, { Prefer: 'return=representation' })).incidentid;
  }

  const requestsOf = async (incident: string): Promise<readonly Row[]> =>
    (await ask('GET', `fno_creditlimitrequests?$filter=_fno_caseid_value eq ${incident}`, admin)).value;

  /** The decision as the form writes it: against the version of the request that was seen, with what was seen of the customer. */
  async function decide(
    incident: string,
    as: string,
    { decision = approve, isSecond = false, more = {} }: { decision?: number; isSecond?: boolean; more?: object } = {},
  ) {
    const request = await first(`fno_creditlimitrequests?$filter=_fno_caseid_value eq ${incident}`, as);
    const seen = await ask('GET', `accounts(${request._fno_accountid_value})?$select=creditlimit`, as);
    const me = { '@odata.bind': `systemusers(${await idOf(as)})` }['@odata.bind'];
    const { now } = await there().console('GET', '/clock');
    const columns = isSecond
      ? {
          fno_seconddecision: decision,
          fno_seconddecisionreason: 'Known for years.',
          'fno_SecondDecidedBy@odata.bind': me,
          fno_seconddecidedon: now,
        }
      : {
          fno_decision: decision,
          fno_decisionreason: 'Pays on time.',
          'fno_DecidedBy@odata.bind': me,
          fno_decidedon: now,
        };
    const review = { fno_reviewedlimit: seen.creditlimit ?? 0, fno_reviewedversion: seen['@odata.etag'] };
    return there().dataverse('PATCH', `fno_creditlimitrequests(${request.fno_creditlimitrequestid})`, {
      as,
      headers: { 'If-Match': request['@odata.etag'] },
      body: {
        ...columns,
        ...(decision === approve && review),
        ...more,
      },
    });
  }

  /** The retry command. */
  async function retry(incident: string, as = sales): Promise<void> {
    const [request] = await requestsOf(incident);
    const { now } = await there().console('GET', '/clock');
    await ask('PATCH', `fno_creditlimitrequests(${request.fno_creditlimitrequestid})`, as, { fno_retryon: now });
  }

  const caseOf = (incident: string): Promise<Row> =>
    ask(
      'GET',
      `incidents(${incident})?$select=statecode,statuscode,_ownerid_value,_createdby_value&$expand=Incident_Annotation($select=subject,notetext),Incident_Emails($select=subject,description,statuscode,statecode),Incident_IncidentResolutions($select=subject,description)`,
      admin,
    );

  const customerInFinanceOperations = async (number: string, company = 'usmf') =>
    (
      await there().financeOperations(
        'GET',
        `CustomersV3(dataAreaId='${company}',CustomerAccount='${number}')?cross-company=true`,
        { as: admin },
      )
    ).body as Row;

  const mails = async (): Promise<readonly Row[]> => (await there().console('GET', '/outbox')).value;

  return { ask, first, idOf, account, openCase, requestsOf, decide, retry, caseOf, customerInFinanceOperations, mails };
}

/** Where every committed write of a credit limit is told, so that writes can be counted however often they are told. */
export async function countLimitWrites(there: Services) {
  const server: Server = createServer((_request, response) => response.writeHead(200).end());
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const name = 'limit-writes';
  const { status: answered, text } = await there.dataverse('POST', 'callbackregistrations', {
    as: admin,
    body: {
      name,
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
      entityname: 'account',
      message: 3,
      scope: 4,
      version: 3,
      filteringattributes: 'creditlimit',
    },
  });
  if (answered >= 300) throw new Error(text);
  return {
    /** One delivery is queued in the transaction of each write. */
    count: async () =>
      (await there.console('GET', '/events')).value.filter((one: Row) => one.registration === name).length as number,
    close: () => new Promise<void>((closed) => void server.close(() => closed())),
  };
}
