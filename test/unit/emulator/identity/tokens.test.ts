import { createIdentity, tenantId } from '../../../../emulator/identity/index.ts';
import { bearerName, json, readJson, request } from '../../../../emulator/kernel/index.ts';

const service = 'service@fnoconnect.example';
const applicationId = '11111111-2222-3333-4444-555555555555';

function anIdentity({ isStrict = false } = {}) {
  const names: Record<string, string> = { [service]: service, [applicationId]: 'flows@fnoconnect.example' };
  return createIdentity({
    directory: { emailOf: (name) => names[name.toLowerCase()] },
    now: () => new Date('2026-05-01T08:00:00Z'),
    isStrict,
    tenantId,
    origin: () => 'http://127.0.0.1:7071',
  });
}

type Answer = { status: number; body: Record<string, unknown> };

function ask(form: Record<string, string>, { path = `/${tenantId}/oauth2/v2.0/token`, isStrict = false } = {}): Answer {
  const sent = request('POST', path, {}, new URLSearchParams(form).toString());
  const answer = anIdentity({ isStrict }).handle(sent)!;
  return { status: answer.status, body: readJson(answer) as Record<string, unknown> };
}

const scope = 'http://127.0.0.1:7071/.default';
const client = { grant_type: 'client_credentials', client_secret: 'any', scope };
const actsAs = (token: unknown) => bearerName({ authorization: `Bearer ${String(token)}` });
const claims = (token: unknown) =>
  JSON.parse(Buffer.from(String(token).split('.')[1]!, 'base64url').toString()) as Record<string, unknown>;

test.each([
  ['the e-mail of a user', service, service],
  ['the application id of an application user', applicationId, 'flows@fnoconnect.example'],
])('client credentials with %s give a token of that user', (_, client_id, email) => {
  const { status, body } = ask({ ...client, client_id });
  expect(status).toBe(200);
  expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599 });
  expect(actsAs(body['access_token'])).toBe(email);
  expect(claims(body['access_token'])).toMatchObject({ aud: 'http://127.0.0.1:7071', appid: client_id, tid: tenantId });
});

test('the older endpoint takes a resource and writes numbers as text', () => {
  const { body } = ask(
    { grant_type: 'password', username: service, password: 'x', client_id: 'c', resource: 'http://127.0.0.1:7072/' },
    { path: '/common/oauth2/token' },
  );
  expect(body).toMatchObject({ expires_in: '3599', resource: 'http://127.0.0.1:7072/', not_before: '1777622400' });
  expect(claims(body['access_token'])).toMatchObject({ aud: 'http://127.0.0.1:7072', upn: service });
});

test('a client nobody knows acts as the system administrator, and is refused when strict', () => {
  const { body } = ask({ ...client, client_id: 'nobody' });
  expect(claims(body['access_token'])).not.toHaveProperty('upn');
  expect(ask({ ...client, client_id: 'nobody' }, { isStrict: true })).toMatchObject({
    status: 400,
    body: { error: 'unauthorized_client', error_codes: [700016] },
  });
});

test.each([
  ['no grant', {}, 400, 'invalid_request', 900144],
  ['another grant', { ...client, client_id: 'c', grant_type: 'magic' }, 400, 'unsupported_grant_type', 70003],
  ['no secret', { grant_type: 'client_credentials', client_id: 'c', scope }, 401, 'invalid_client', 7000218],
  [
    'no scope',
    { grant_type: 'client_credentials', client_id: 'c', client_secret: 's' },
    400,
    'invalid_request',
    900144,
  ],
  ['no client', client, 400, 'invalid_request', 900144],
  [
    'a user nobody knows',
    { grant_type: 'password', username: 'who@x.example', password: 'x', client_id: 'c', scope },
    400,
    'invalid_grant',
    50034,
  ],
])('%s is refused in the words of the directory', (_, form, status, error, code) => {
  const refused = ask(form);
  expect(refused).toMatchObject({ status, body: { error, error_codes: [code] } });
  expect(refused.body['error_description']).toMatch(
    new RegExp(`^AADSTS${code}: .+ Trace ID: .+ Timestamp: 2026-05-01 `),
  );
});

describe('managed identity', () => {
  const get = (path: string, headers: Record<string, string>) => {
    const answer = anIdentity().handle(request('GET', path, headers))!;
    return { status: answer.status, body: readJson(answer) as Record<string, unknown> };
  };
  const query = `resource=${encodeURIComponent('http://127.0.0.1:7071')}`;

  test.each([
    ['a virtual machine', `/metadata/identity/oauth2/token?api-version=2018-02-01&${query}`, { Metadata: 'true' }],
    ['App Service', `/msi/token?api-version=2019-08-01&${query}`, { 'X-IDENTITY-HEADER': 'any' }],
  ])('of %s', (_, path, headers) => {
    const { status, body } = get(`${path}&client_id=${applicationId}`, headers);
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'Bearer', client_id: applicationId, expires_on: '1777625999' });
    expect(actsAs(body['access_token'])).toBe('flows@fnoconnect.example');
    expect(get(path, {})).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
    expect(get(path.replace(query, ''), headers)).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
  });
});

test('signing in with a browser is refused by name; other paths are none of its business', () => {
  const answer = anIdentity().handle(request('GET', '/common/oauth2/v2.0/authorize'))!;
  expect(answer.status).toBe(501);
  expect(readJson(answer)).toMatchObject({ error: 'not_emulated' });
  expect(anIdentity().handle(request('GET', '/main.aspx'))).toBeUndefined();
  expect(anIdentity().handle(request('GET', '/common/v2.0/.well-known/openid-configuration'))?.status).toBe(200);
});

test('a 401 says where a token is to be had', () => {
  const { headers } = anIdentity().challenge(json(401, {}));
  expect(headers['WWW-Authenticate']).toBe(
    `Bearer authorization_uri=http://127.0.0.1:7071/${tenantId}/oauth2/authorize, resource_id=http://127.0.0.1:7071/`,
  );
  expect(anIdentity().challenge(json(403, {})).headers).not.toHaveProperty('WWW-Authenticate');
});
