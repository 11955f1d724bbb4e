import { aDataverse, origin, type TestDataverse } from '../../../../support/a-dataverse.ts';
import { orchard } from '../orchard.ts';

let platform: TestDataverse;
beforeAll(async () => void (platform = await aDataverse(orchard)));
afterAll(() => platform.close());

const missing = '11111111-1111-4111-8111-111111111111';
const base = `${origin}/api/data/v9.2`;

describe('creating', () => {
  test('answers 204 with the address of the row, which ends in its id', async () => {
    const { status, headers, text } = await platform.call('POST', 'ora_trees', { body: { ora_name: 'Oak' } });
    expect([status, text]).toEqual([204, '']);
    expect(headers['OData-EntityId']).toMatch(/\/api\/data\/v9\.2\/ora_trees\([0-9a-f-]{36}\)$/);
    expect(headers['Location']).toBe(headers['OData-EntityId']);
  });

  test('answers 201 with the row when asked for it, and no OData-EntityId', async () => {
    const { status, headers, body } = await platform.call('POST', 'ora_trees?$select=ora_name', {
      body: { ora_name: 'Oak' },
      headers: { Prefer: 'return=representation' },
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({ '@odata.context': `${base}/$metadata#ora_trees(ora_name)/$entity`, ora_name: 'Oak' });
    expect(headers['OData-EntityId']).toBeUndefined();
    expect(headers['ETag']).toBe(body['@odata.etag']);
    expect(headers['Preference-Applied']).toBe('return=representation');
  });

  test('takes the id the body gives, once', async () => {
    const ora_treeid = '22222222-2222-4222-8222-222222222222';
    expect(await platform.create('ora_trees', { ora_treeid, ora_name: 'Elm' })).toBe(ora_treeid);
    const again = await platform.call('POST', 'ora_trees', { body: { ora_treeid, ora_name: 'Elm' } });
    expect(again.refusal).toBe('412 0x80040237');
  });

  test('creates nested rows on both sides in one transaction', async () => {
    const id = await platform.create('ora_trees', {
      ora_name: 'Ash',
      ora_AccountId: { name: 'Nested account', ora_account_tree: [{ ora_name: 'Sibling' }] },
    });
    const { body } = await platform.call(
      'GET',
      `ora_trees(${id})?$select=ora_name&$expand=ora_AccountId($select=name;$expand=ora_account_tree($select=ora_name))`,
    );
    expect(body.ora_AccountId.name).toBe('Nested account');
    expect(body.ora_AccountId.ora_account_tree.map((row: { ora_name: string }) => row.ora_name).sort()).toEqual([
      'Ash',
      'Sibling',
    ]);
  });

  test('a nested row that is refused undoes the whole', async () => {
    const refused = await platform.call('POST', 'accounts', {
      body: { name: 'Halfway', ora_account_tree: [{ ora_name: 'fine' }, { ora_name: 'x', ora_height: 999 }] },
    });
    expect(refused.refusal).toBe('400 0x8004432f');
    expect((await platform.call('GET', "accounts/$count?$filter=name eq 'Halfway'")).text).toBe('\uFEFF0');
  });

  test.each([
    ['an unknown property', { nosuch: 1 }, '400 0x0'],
    ['a property in another case', { ORA_NAME: 'x' }, '400 0x0'],
    ['a number as text for a text', { ora_name: 5 }, '400 0x80048d19'],
    ['text for a yes/no', { ora_issound: 'yes' }, '400 0x80048d19'],
    ['a fraction for a whole number', { ora_height: 1.5 }, '400 0x80048d19'],
    ['no date', { ora_seen: 'tomorrow' }, '400 0x80040239'],
    ['text the store would cut off', { ora_name: 'a\u0000b' }, '400 0x80040203'],
    ['choices that are none', { ora_flavours: 'sweet' }, '400 0x80048d19'],
    ['a bind of an unknown navigation', { 'nosuch@odata.bind': '/accounts(1)' }, '400 0x80048d19'],
    [
      'a bind to a row of another table',
      { 'ora_AccountId@odata.bind': '/ora_roots(00000000-0000-0000-0000-000000000001)' },
      '400 0x80048d19',
    ],
    ['a bind to nothing', { 'ora_AccountId@odata.bind': `/accounts(${missing})` }, '404 0x80040217'],
    ['a bind that is no address', { 'ora_AccountId@odata.bind': 7 }, '400 0x80048d19'],
    ['a bind that is not encoded', { 'ora_AccountId@odata.bind': '/accounts(%)' }, '400 0x80060888'],
    ['a lookup by its column name', { ora_accountid: missing }, '400 0x0'],
    ['nested rows that are no rows', { ora_AccountId: [1] }, '400 0x0'],
  ])('refuses %s', async (_what, body, refusal) => {
    expect((await platform.call('POST', 'ora_trees', { body: { ora_name: 'T', ...body } })).refusal).toBe(refusal);
  });

  test.each(['', '[]', '"text"', '{', 'null'])('refuses the body %j', async (body) => {
    expect((await platform.call('POST', 'ora_trees', { body })).refusal).toBe('400 0x80048d19');
  });

  test('ignores read-only columns and _x_value in a body', async () => {
    const body = { ora_name: 'Yew', versionnumber: 1, _ora_accountid_value: missing, owningbusinessunit: null };
    const refused = await platform.call('POST', 'ora_trees', { body: { ...body, owningbusinessunit: undefined } });
    expect(refused.status).toBe(204);
  });

  test('keeps hostile text as text', async () => {
    const ora_name = `'; drop table ora_tree; -- <img src=x onerror=alert(1)> "\u0007" %41 \u{1f333}`;
    const id = await platform.create('ora_trees', { ora_name });
    expect((await platform.call('GET', `ora_trees(${id})?$select=ora_name`)).body.ora_name).toBe(ora_name);
  });
});

describe('reading one row', () => {
  test('gives every column, nulls included, and lookups as _x_value only', async () => {
    const id = await platform.create('ora_trees', { ora_name: 'Fir' });
    const { status, body, headers } = await platform.call('GET', `ora_trees(${id})`);
    expect(status).toBe(200);
    expect(body['@odata.context']).toBe(`${base}/$metadata#ora_trees/$entity`);
    expect(body).toMatchObject({ ora_treeid: id, ora_code: null, _ora_accountid_value: null, ora_issound: true });
    expect(Object.keys(body)).not.toContain('ora_accountid');
    expect(headers).toMatchObject({ 'OData-Version': '4.0', ETag: body['@odata.etag'] });
    expect(body['@odata.etag']).toBe(`W/"${body.versionnumber}"`);
  });

  test('by alternate key, and by the name of the primary key', async () => {
    const id = await platform.create('ora_trees', { ora_name: 'Larch', ora_code: "L'1" });
    const byKey = await platform.call('GET', "ora_trees(ora_code='L''1')?$select=ora_name");
    expect(byKey.body).toMatchObject({ ora_treeid: id, ora_name: 'Larch' });
    expect((await platform.call('GET', `ora_trees(ora_treeid=${id})`)).status).toBe(200);
  });

  test.each([
    [`ora_trees(${missing})`, '404 0x80040217'],
    ["ora_trees(ora_code='none')", '404 0x80060891'],
    ["ora_trees(ora_name='none')", '400 0x80060890'],
    ['ora_trees(nosense)', '400 0x80060888'],
    ['ora_trees(ora_treeid=nosense)', '400 0x80060888'],
    ["ora_trees('", '404 0x8006088a'],
    ['Ora_trees', '404 0x8006088a'],
    [`ora_trees(${missing})/nosuch`, '404 0x8006088a'],
    ['ora_trees?$format=json', '400 0x80060888'],
    ['ora_trees?$skip=1', '400 0x80060888'],
    ['%', '400 0x80060888'],
    ['ora_trees?$filter=%', '400 0x80060888'],
  ])('GET %s is refused with %s', async (path, refusal) => {
    expect((await platform.call('GET', path)).refusal).toBe(refusal);
  });

  test('names table and id of a row there is not', async () => {
    const { body } = await platform.call('GET', `ora_trees(${missing})`);
    expect(body.error.message).toBe(`Entity 'ora_Tree' With Id = ${missing} Does Not Exist`);
  });

  test('If-None-Match with the version answers 304, the word null never does', async () => {
    const id = await platform.create('ora_trees', { ora_name: 'Pine' });
    const { body } = await platform.call('GET', `ora_trees(${id})`);
    const unchanged = { 'If-None-Match': body['@odata.etag'] };
    expect((await platform.call('GET', `ora_trees(${id})`, { headers: unchanged })).status).toBe(304);
    const annotated = { ...unchanged, Prefer: 'odata.include-annotations="*"' };
    expect((await platform.call('GET', `ora_trees(${id})`, { headers: annotated })).status).toBe(200);
    expect((await platform.call('GET', `ora_trees(${id})`, { headers: { 'If-None-Match': 'null' } })).status).toBe(200);
  });
});

describe('changing', () => {
  test('PATCH answers 204, and the row when asked for it', async () => {
    const id = await platform.create('ora_trees', { ora_name: 'Oak' });
    const { status, headers } = await platform.call('PATCH', `ora_trees(${id})`, { body: { ora_name: 'Ash' } });
    expect([status, headers['OData-EntityId']]).toEqual([204, `${base}/ora_trees(${id})`]);
    const shown = await platform.call('PATCH', `ora_trees(${id})?$select=ora_name`, {
      body: { ora_height: 3 },
      headers: { Prefer: 'return=representation' },
    });
    expect([shown.status, shown.body.ora_name]).toEqual([200, 'Ash']);
  });

  test('PATCH of a row there is not creates it with that id, unless If-Match forbids it', async () => {
    const id = '33333333-3333-4333-8333-333333333333';
    const forbidden = { body: { ora_name: 'New' }, headers: { 'If-Match': '*' } };
    expect((await platform.call('PATCH', `ora_trees(${id})`, forbidden)).refusal).toBe('404 0x80040217');
    expect((await platform.call('PATCH', `ora_trees(${id})`, { body: { ora_name: 'New' } })).status).toBe(204);
    expect((await platform.call('GET', `ora_trees(${id})`)).body.ora_name).toBe('New');
    const only = { body: { ora_name: 'Newer' }, headers: { 'If-None-Match': '*' } };
    expect((await platform.call('PATCH', `ora_trees(${id})`, only)).refusal).toBe('412 0x80040237');
  });

  test('an upsert by alternate key takes the key from the URL, answers with it, and lets the body win', async () => {
    const made = await platform.call('PATCH', "ora_trees(ora_code='U1')", { body: { ora_name: 'Upserted' } });
    expect([made.status, made.headers['OData-EntityId']]).toEqual([204, `${base}/ora_trees(ora_code='U1')`]);
    const again = { body: { ora_name: 'Twice', ora_code: 'dropped' }, headers: { Prefer: 'return=representation' } };
    const changed = await platform.call('PATCH', "ora_trees(ora_code='U1')", again);
    expect([changed.status, changed.body.ora_code, changed.body.ora_name]).toEqual([200, 'U1', 'Twice']);
    await platform.call('PATCH', "ora_trees(ora_code='U2')", { body: { ora_name: 'x', ora_code: 'U3' } });
    expect((await platform.call('GET', "ora_trees(ora_code='U3')")).body.ora_name).toBe('x');
  });

  test('If-Match with another version is refused and changes nothing', async () => {
    const id = await platform.create('ora_trees', { ora_name: 'Oak' });
    const { body } = await platform.call('GET', `ora_trees(${id})`);
    const first = { headers: { 'If-Match': body['@odata.etag'] } };
    expect((await platform.call('PATCH', `ora_trees(${id})`, { ...first, body: { ora_name: 'One' } })).status).toBe(
      204,
    );
    const late = await platform.call('PATCH', `ora_trees(${id})`, { ...first, body: { ora_name: 'Two' } });
    expect(late.refusal).toBe('412 0x80060882');
    expect((await platform.call('DELETE', `ora_trees(${id})`, first)).refusal).toBe('412 0x80060882');
    expect((await platform.call('GET', `ora_trees(${id})`)).body.ora_name).toBe('One');
  });

  test('one property is read, written and emptied by itself', async () => {
    const id = await platform.create('ora_trees', { ora_name: 'Oak', ora_height: 7 });
    const path = `ora_trees(${id})/ora_height`;
    expect((await platform.call('GET', path)).body).toEqual({
      '@odata.context': `${base}/$metadata#ora_trees(${id})/ora_height`,
      value: 7,
    });
    expect((await platform.call('PUT', path, { body: { value: 8 } })).status).toBe(204);
    expect((await platform.call('GET', path)).body.value).toBe(8);
    expect((await platform.call('DELETE', path)).status).toBe(204);
    expect((await platform.call('GET', path)).status).toBe(204);
    expect((await platform.call('PATCH', path, { body: { value: 1 } })).refusal).toBe('405 0x80060888');
  });

  test('DELETE removes the row, and a second one is told there is none', async () => {
    const id = await platform.create('ora_trees', { ora_name: 'Oak' });
    expect((await platform.call('DELETE', `ora_trees(${id})`)).status).toBe(204);
    expect((await platform.call('DELETE', `ora_trees(${id})`)).refusal).toBe('404 0x80040217');
  });

  test.each([
    ['PUT', `ora_trees(${missing})`],
    ['POST', `ora_trees(${missing})`],
    ['PATCH', 'ora_trees'],
    ['DELETE', 'ora_trees'],
    ['POST', 'ora_trees/$count'],
    ['GET', '$batch'],
  ])('%s %s is a wrong verb', async (method, path) => {
    expect((await platform.call(method, path, { body: {} })).refusal).toBe('405 0x80060888');
  });
});
