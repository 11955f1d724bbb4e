/**
 * How many statements a read costs: a number that is fixed for each kind of read, whoever asks, and the same for two rows
 * as for fifty.
 */
import { openDatabase } from '../../emulator/storage/index.ts';
import { aDataverse, type TestDataverse } from '../support/a-dataverse.ts';
import { counting, type CountingDatabase } from '../support/counting-database.ts';
import { aRole } from '../support/solution-builder.ts';

const clerk = 'clerk@orchard.example';
const role = 'a0000000-0000-4000-8000-0000000000c1';

let database: CountingDatabase;
let environment: TestDataverse;
let grove: string;

beforeAll(async () => {
  database = counting(openDatabase(':memory:'));
  const rights = Object.fromEntries(
    ['Account', 'Contact', 'User', 'BusinessUnit'].map((table) => [`prvRead${table}`, 'Local']),
  );
  environment = await aDataverse([aRole(role, 'Clerk', rights)], { database });
  const user = environment.dataverse.addUser({ email: clerk, fullName: 'Clerk', roles: ['Clerk'] });
  const mine = { 'ownerid@odata.bind': `/systemusers(${user})` };
  for (let account = 0; account < 60; account += 1) {
    const id = await environment.create('accounts', {
      name: `Grove ${String(account).padStart(2, '0')}`,
      revenue: account,
      ...mine,
      primarycontactid: { lastname: `Keeper ${account}`, ...mine },
      contact_customer_accounts: [1, 2, 3].map((number) => ({ lastname: `Picker ${account}-${number}`, ...mine })),
    });
    grove ??= id;
    groves.push(id);
  }
}, 120_000);
afterAll(() => environment.close());

const named = "$filter=startswith(name,'Grove')&$orderby=name";
const picked = '$select=name,revenue,_primarycontactid_value';
const keeper = '$expand=primarycontactid($select=lastname)';
const pickers = '$expand=contact_customer_accounts($select=lastname)';
const fetch = (inside: string, attributes = '') =>
  `accounts?fetchXml=${encodeURIComponent(`<fetch ${attributes}><entity name="account">${inside}</entity></fetch>`)}`;
const link = (alias: string) =>
  `<link-entity name="contact" from="contactid" to="primarycontactid" alias="${alias}" link-type="outer"><attribute name="lastname"/><link-entity name="account" from="accountid" to="parentcustomerid" alias="${alias}_of" link-type="outer"><attribute name="name"/></link-entity></link-entity>`;

/** Ids of the first accounts, for reads that name their rows. */
const groves: string[] = [];
const batch = (paths: readonly string[]) =>
  [
    ...paths.flatMap((path) => [
      '--batch',
      'Content-Type: application/http',
      'Content-Transfer-Encoding: binary',
      '',
      `GET /api/data/v9.2/${path} HTTP/1.1`,
      '',
      '',
    ]),
    '--batch--',
    '',
  ].join('\r\n');

interface Read {
  readonly what: string;
  /** Asked for so many rows. */
  readonly path: (rows: number) => string;
  /** Statements on rows. */
  readonly most: number;
  /** One row by its key: whether the caller reaches it is a statement of its own, unless he reaches all. */
  readonly isByKey?: boolean;
  readonly annotations?: boolean;
}

/**
 * One statement a query; one for each navigation of `$expand`; with annotations one for the names in each table that is
 * pointed at, one for the user's formats and one for each currency symbol.
 */
const reads: readonly Read[] = [
  { what: 'one row', path: () => `accounts(${grove})?${picked}`, most: 1, isByKey: true },
  {
    what: 'one row with what it points at',
    path: () => `accounts(${grove})?${picked}&${keeper}`,
    most: 2,
    isByKey: true,
  },
  { what: 'one row with a collection', path: () => `accounts(${grove})?${picked}&${pickers}`, most: 2, isByKey: true },
  { what: 'a page', path: (rows) => `accounts?${picked}&${named}&$top=${rows}`, most: 1 },
  { what: 'a page with its count', path: (rows) => `accounts?${picked}&${named}&$top=${rows}&$count=true`, most: 2 },
  { what: 'a count', path: () => `accounts/$count?$filter=startswith(name,'Grove')`, most: 1 },
  { what: 'a page with all annotations', path: (rows) => `accounts?${named}&$top=${rows}`, most: 6, annotations: true },
  { what: 'a page with a parent', path: (rows) => `accounts?${picked}&${keeper}&${named}&$top=${rows}`, most: 2 },
  { what: 'a page with a collection', path: (rows) => `accounts?${picked}&${pickers}&${named}&$top=${rows}`, most: 2 },
  {
    what: 'a page with both, and a parent below the collection',
    path: (rows) =>
      `accounts?${picked}&${keeper},contact_customer_accounts($select=lastname;$expand=parentcustomerid_account($select=name))&${named}&$top=${rows}`,
    most: 4,
  },
  {
    what: 'a lambda',
    path: (rows) =>
      `accounts?${picked}&$filter=contact_customer_accounts/any(c:startswith(c/lastname,'Picker'))&$top=${rows}`,
    most: 1,
  },
  { what: 'FetchXML', path: (rows) => fetch(`<attribute name="name"/>`, `top="${rows}"`), most: 1 },
  {
    what: 'FetchXML with links',
    path: (rows) => fetch(`<attribute name="name"/>${link('a')}${link('b')}`, `top="${rows}"`),
    most: 1,
  },
  {
    what: 'FetchXML with a page and its count',
    path: (rows) => fetch(`<attribute name="name"/>${link('a')}`, `count="${rows}" returntotalrecordcount="true"`),
    most: 2,
  },
  {
    what: 'figures by FetchXML, once their rows are known to be few enough',
    path: () =>
      fetch(
        '<attribute name="revenue" alias="sum" aggregate="sum"/><attribute name="ownerid" alias="owner" groupby="true"/>',
        'aggregate="true"',
      ),
    most: 2,
  },
  {
    what: 'figures by $apply, the same',
    path: () => 'accounts?$apply=groupby((_ownerid_value),aggregate(revenue with sum as sum))',
    most: 2,
  },
];

async function costs(
  as: string | undefined,
  { path, annotations }: Read,
): Promise<readonly [few: string[], many: string[]]> {
  const headers: Record<string, string> = annotations === true ? { prefer: 'odata.include-annotations="*"' } : {};
  const ask = async (rows: number) => {
    const answer = await environment.call('GET', path(rows), { as, headers });
    expect(`${answer.status} ${answer.status === 200 ? '' : answer.text}`).toBe('200 ');
  };
  // What is remembered between requests is remembered from here on.
  await ask(2);
  return [await database.statementsOf(() => ask(2)), await database.statementsOf(() => ask(50))];
}

/** Settings of the user, and whether rows are shared with him: asked for once a query at most, however many rows it has. */
const isAboutCaller = (sql: string) => /from (usersettings|principalobjectaccess|systemuser) where/.test(sql);

describe.each([
  ['the system administrator', undefined],
  ['a clerk who sees the rows of a business unit', clerk],
])('%s', (_who, as) => {
  const access = as === undefined ? 0 : 1;

  test.each(reads.map((read) => [read.what, read] as const))('%s', async (_what, read) => {
    const [few, many] = await costs(as, read);
    expect(many).toHaveLength(few.length);
    const onRows = many.filter((sql) => !isAboutCaller(sql));
    expect(onRows).toHaveLength(read.most + (read.isByKey === true ? access : 0));
  });

  test('a batch of reads costs what its reads cost', async () => {
    const ask = (rows: number) =>
      environment.call('POST', '$batch', {
        as,
        headers: { 'content-type': 'multipart/mixed; boundary=batch' },
        body: batch(groves.slice(0, rows).map((id) => `accounts(${id})?${picked}&${pickers}`)),
      });
    expect((await ask(10)).text.match(/HTTP\/1\.1 200/g)).toHaveLength(10);
    const costOf = async (rows: number) =>
      (await database.statementsOf(() => ask(rows))).filter((sql) => !isAboutCaller(sql)).length;
    expect([await costOf(1), await costOf(10)]).toEqual([2 + access, 10 * (2 + access)]);
  });
});
