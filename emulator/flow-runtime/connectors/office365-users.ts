import { isArray, isObject, type Value, type ValueObject } from '../expressions/value.ts';
import type { ConnectorCall, ConnectorOperation, ConnectorResult, Operations } from './connectors.ts';
import { optional, required } from './parameters.ts';
import { ok, refuse } from './result.ts';
import type { ServiceClient } from './service-client.ts';

export const office365UsersApi = 'shared_office365users';

interface UsersParts {
  readonly dataverse: ServiceClient;
  readonly user: (connectionReference: string | undefined) => string;
}

const columns = [
  'systemuserid,azureactivedirectoryobjectid,domainname,internalemailaddress,fullname,firstname,lastname,jobtitle',
  'mobilephone,address1_telephone1,address1_city,address1_country,address1_postalcode,isdisabled,_parentsystemuserid_value',
].join(',');

/**
 * People of the directory, which everybody may read: the users of the environment, read through the Web API as the flows'
 * owner.
 *
 * @see https://learn.microsoft.com/connectors/office365users
 */
export function office365UsersOperations({ dataverse, user }: UsersParts): Operations {
  const ask = (filter: string, more = '') =>
    dataverse.send({
      method: 'GET',
      path: `systemusers?$select=${columns}&$filter=${encodeURIComponent(filter)}${more}`,
      user: user(undefined),
    });
  const mine = (call: ConnectorCall) => user(call.connectionReference);
  const named = (call: ConnectorCall) => optional(call, 'id') ?? required(call, 'userId');

  /** The user this address or id names, shown by `show`. */
  async function one(call: ConnectorCall, id: string, show: (row: ValueObject) => Value): Promise<ConnectorResult> {
    const found = await ask(isNamed(id));
    const [row] = rowsOf(found);
    return found.statusCode >= 400 ? found : row === undefined ? notThere(id) : ok(show(row));
  }

  const profile =
    (who: (call: ConnectorCall) => string, show: typeof graphUser): ConnectorOperation =>
    async (call) =>
      one(call, who(call), (row) => selected(call, show(row)));

  const manager =
    (show: typeof graphUser): ConnectorOperation =>
    async (call) => {
      const found = await ask(isNamed(named(call)));
      const [row] = rowsOf(found);
      if (found.statusCode >= 400 || row === undefined) return found.statusCode >= 400 ? found : notThere(named(call));
      const id = row['_parentsystemuserid_value'];
      if (typeof id !== 'string')
        return refuse(404, 'Request_ResourceNotFound', `Resource 'manager' does not exist for '${named(call)}'.`);
      return one(call, id, (above) => selected(call, show(above)));
    };

  return {
    MyProfile_V2: profile(mine, graphUser),
    MyProfile: profile(mine, olderUser),
    UserProfile_V2: profile(named, graphUser),
    UserProfile: profile(named, olderUser),
    Manager_V2: manager(graphUser),
    Manager: manager(olderUser),
    async DirectReports_V2(call) {
      const found = await ask(isNamed(named(call)));
      const [row] = rowsOf(found);
      if (found.statusCode >= 400 || row === undefined) return found.statusCode >= 400 ? found : notThere(named(call));
      const reports = await ask(`_parentsystemuserid_value eq ${String(row['systemuserid'])}`, topOf(call, '$top'));
      return reports.statusCode >= 400
        ? reports
        : ok({ value: rowsOf(reports).map((each) => selected(call, graphUser(each))) });
    },
    async SearchUserV2(call) {
      const term = (optional(call, 'searchTerm') ?? '').replaceAll("'", "''");
      const matches = ['fullname', 'internalemailaddress', 'domainname'].map(
        (column) => `contains(${column},'${term}')`,
      );
      const filter = `isdisabled eq false${term === '' ? '' : ` and (${matches.join(' or ')})`}`;
      const found = await ask(filter, topOf(call, 'top'));
      return found.statusCode >= 400 ? found : ok({ value: rowsOf(found).map(olderUser) });
    },
    /** Nobody here has a photo, which the directory says in these words. */
    UserPhoto_V2: async (call) =>
      one(call, named(call), () => null).then((found) =>
        found.statusCode >= 400 ? found : refuse(404, 'ImageNotFound', 'The photo wasn’t found.'),
      ),
  };
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const isNamed = (id: string) =>
  guid.test(id)
    ? `systemuserid eq ${id} or azureactivedirectoryobjectid eq ${id}`
    : `internalemailaddress eq '${id.replaceAll("'", "''")}' or domainname eq '${id.replaceAll("'", "''")}'`;

const notThere = (id: string) =>
  refuse(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );

function topOf(call: ConnectorCall, name: string): string {
  const top = optional(call, name);
  return top === undefined ? '' : `&$top=${encodeURIComponent(top)}`;
}

function rowsOf({ body }: ConnectorResult): ValueObject[] {
  const value = isObject(body) ? body['value'] : undefined;
  return isArray(value) ? value.filter(isObject) : [];
}

/** Only the fields of `$select`, and the id. */
function selected(call: ConnectorCall, user: ValueObject): ValueObject {
  const wanted = optional(call, '$select')
    ?.split(',')
    .map((name) => name.trim().toLowerCase());
  if (wanted === undefined) return user;
  return Object.fromEntries(
    Object.entries(user).filter(([name]) => name === 'id' || wanted.includes(name.toLowerCase())),
  );
}

const idOf = (row: ValueObject) => row['azureactivedirectoryobjectid'] ?? row['systemuserid'] ?? null;
const nickname = (row: ValueObject) => String(row['internalemailaddress'] ?? '').split('@')[0]!;

/** A user as Microsoft Graph has it. */
function graphUser(row: ValueObject): ValueObject {
  const phone = row['address1_telephone1'] ?? null;
  return {
    id: idOf(row),
    displayName: row['fullname'] ?? null,
    givenName: row['firstname'] ?? null,
    surname: row['lastname'] ?? null,
    mail: row['internalemailaddress'] ?? null,
    mailNickname: nickname(row),
    userPrincipalName: row['domainname'] ?? row['internalemailaddress'] ?? null,
    jobTitle: row['jobtitle'] ?? null,
    mobilePhone: row['mobilephone'] ?? null,
    businessPhones: phone === null ? [] : [phone],
    city: row['address1_city'] ?? null,
    country: row['address1_country'] ?? null,
    postalCode: row['address1_postalcode'] ?? null,
    companyName: null,
    department: null,
    officeLocation: null,
    accountEnabled: row['isdisabled'] !== true,
  };
}

/** The same as the older operations, and the search, have it. */
function olderUser(row: ValueObject): ValueObject {
  const user = graphUser(row);
  const names = [
    'DisplayName',
    'GivenName',
    'Surname',
    'Mail',
    'MailNickname',
    'UserPrincipalName',
    'JobTitle',
    'City',
    'Country',
    'PostalCode',
    'CompanyName',
    'Department',
    'OfficeLocation',
    'AccountEnabled',
    'BusinessPhones',
  ];
  const renamed = names.map((name) => [name, user[name[0]!.toLowerCase() + name.slice(1)] ?? null] as const);
  return {
    Id: user['id'] ?? null,
    ...Object.fromEntries(renamed),
    mobilePhone: user['mobilePhone'] ?? null,
    TelephoneNumber: row['address1_telephone1'] ?? null,
  };
}
