/** A page of which nothing is told but values is written straight from the store's lines; it is the same text as any other. */
import { jsonOf, lineWriter } from '../../../../../emulator/dataverse/web-api/write-line.ts';
import { aDataverse, type TestDataverse } from '../../../../support/a-dataverse.ts';
import { orchard } from '../orchard.ts';
import { people } from '../people.ts';

describe('a line', () => {
  const text = jsonOf('text');
  test.each(['plain', '', 'quote " backslash \\', 'line\nend\t\u0001\u007f\u2028', '☃ 😀 ü', '\ud800 alone'])(
    'writes the text %j as JSON does',
    (value) => expect(text(value)).toBe(JSON.stringify(value)),
  );

  test.each([
    ['boolean', 1, 'true'],
    ['boolean', 0, 'false'],
    ['integer', -7, '-7'],
    ['choice', 472190001, '472190001'],
    ['bigint', 9007199254740991, '9007199254740991'],
    ['money', '20.0', '20'],
    ['decimal', '0.10000000000000001', '0.1'],
    ['double', '0.30000000000000004', '0.30000000000000004'],
    ['double', '-1.6933220481736422e-09', '-1.6933220481736422e-9'],
    ['choices', '1,9', '"1,9"'],
    ['guid', '00000000-0000-4000-8000-000000000001', '"00000000-0000-4000-8000-000000000001"'],
  ] as const)('writes %s %s as %s', (type, value, expected) => expect(jsonOf(type)(value)).toBe(expected));

  test('has its properties in their order, wherever their values stand', () => {
    const write = lineWriter([
      { name: 'b"', place: 2, text },
      { name: 'a', place: 0, text: jsonOf('integer') },
    ]);
    expect(write([1, 'left out', 'x'])).toBe('{"b\\"":"x","a":1}');
    expect(write([null, null, null])).toBe('{"b\\"":null,"a":null}');
    expect(lineWriter([])([1])).toBe('{}');
  });
});

describe('a page', () => {
  let platform: TestDataverse;
  beforeAll(async () => {
    platform = await aDataverse(orchard);
    const account = await platform.create('accounts', { name: 'Oak "&" <Sons> \\ \n ☃', creditlimit: 20000.5 });
    const lookup = { 'ora_AccountId@odata.bind': `/accounts(${account})` };
    await platform.create('ora_trees', { ...lookup, ora_name: 'Alpha', ora_girth: 0.1, ora_flavours: '9,1' });
    await platform.create('ora_trees', { ora_name: 'beta', ora_girth: 3, ora_issound: false, ora_secret: 'pip' });
    await platform.create('ora_trees', { ora_name: 'Gamma', ora_planted: '2020-05-01', ora_height: 120 });
  }, 60_000);
  afterAll(() => platform.close());

  const size = 'odata.maxpagesize=2';
  // What is told of lookups makes rows be looked at, and is taken out again.
  const told = 'Microsoft.Dynamics.CRM.lookuplogicalname';
  const page = async (path: string, prefer: string, as?: string) => {
    const { status, text } = await platform.call('GET', path, { as, headers: { prefer } });
    if (status !== 200) throw new Error(`${path}: ${text}`);
    return text;
  };
  const plain = (path: string, as?: string) => page(path, size, as);
  const untold = (text: string) =>
    JSON.stringify(
      JSON.parse(text, (_name, value: unknown) =>
        typeof value !== 'object' || value === null || Array.isArray(value)
          ? value
          : Object.fromEntries(Object.entries(value).filter(([name]) => !name.endsWith(`@${told}`))),
      ),
    );
  const lookedAt = async (path: string, as?: string) =>
    untold(await page(path, `${size}, odata.include-annotations="${told}"`, as));

  test('of every table is the same text as when its rows are looked at', async () => {
    const { body } = await platform.call('GET', '');
    const sets: string[] = body.value.map(({ url }: { url: string }) => url);
    expect(sets.length).toBeGreaterThan(50);
    for (const set of sets) {
      const { status } = await platform.call('GET', `${set}?$top=1`);
      if (status === 200) expect([set, await plain(set)]).toEqual([set, await lookedAt(set)]);
    }
  }, 60_000);

  test.each([
    'ora_trees?$select=ora_name&$orderby=ora_height desc&$count=true',
    'ora_trees?$select=_ora_accountid_value,ora_girth&$filter=ora_girth ne null',
    'ora_trees?$select=ora_issound&$orderby=ora_AccountId/name',
    'ora_trees?$filter=ora_name eq null',
    'ora_trees?$select=ora_name&$expand=ora_AccountId($select=name)',
  ])('%s', async (path) => expect(await plain(path)).toBe(await lookedAt(path)));

  test('behind a page is asked for with the same statement', async () => {
    const asked = new Set<string>();
    const { line } = platform.database;
    let path = 'accounts?$select=name&$orderby=name desc';
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) await platform.create('accounts', { name });
    const spied = jest.spyOn(platform.database, 'line').mockImplementation((sql, parameters) => {
      asked.add(sql);
      return line(sql, parameters);
    });
    const names: string[] = [];
    for (let number = 1; path !== undefined; number++) {
      if (number === 2) asked.clear();
      const { value, '@odata.nextLink': next } = JSON.parse(await plain(path));
      names.push(...value.map((row: { name: string }) => row.name));
      path = next;
    }
    spied.mockRestore();
    expect(names).toEqual(['Oak "&" <Sons> \\ \n ☃', 'f', 'e', 'd', 'c', 'b', 'a']);
    expect([...asked].filter((sql) => sql.includes('"account"'))).toHaveLength(1);
  });

  test('hides what its reader may not see, and tells with the full metadata what it holds', async () => {
    const { aRole, aUser } = people(platform);
    await aUser('reader@example.com', await aRole({ prvReadora_Tree: 8 }));
    const path = 'ora_trees?$select=ora_secret&$filter=ora_secret ne null';
    const all = 'ora_trees?$select=ora_secret&$orderby=ora_name';
    const secrets = (text: string) => JSON.parse(text).value.map((row: { ora_secret: string }) => row.ora_secret);
    expect(secrets(await plain(path))).toEqual(['pip']);
    expect(secrets(await plain(all, 'reader@example.com'))).toEqual([null, null]);
    const full = { accept: 'application/json;odata.metadata=full' };
    const none = { accept: 'application/json;odata.metadata=none' };
    const row = async (headers: Record<string, string>) =>
      (await platform.call('GET', path, { headers })).body.value[0] as Record<string, unknown>;
    expect(Object.keys(await row(full))).toContain('@odata.type');
    expect(Object.keys(await row(none))).toEqual(['ora_treeid', 'ora_secret']);
  });
});
