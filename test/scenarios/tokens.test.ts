/** A client that asks for a token before it speaks, as SDKs do. */
import { service, startTestEmulator, type TestEmulator } from '../support/emulator.ts';

let emulator: TestEmulator;
beforeAll(async () => void (emulator = await startTestEmulator(['--customers', '0', '--auth', 'strict'])), 300_000);
afterAll(() => emulator?.stop());

test('a client finds the authority in the refusal, asks it for a token, and acts as the user the token names', async () => {
  const address = `${emulator.origin}/api/data/v9.2/WhoAmI`;
  const refused = await fetch(address);
  expect(refused.status).toBe(401);
  const authority = /authorization_uri=([^,]+)\/authorize/.exec(refused.headers.get('WWW-Authenticate')!)![1]!;

  const form = {
    grant_type: 'client_credentials',
    client_id: service,
    client_secret: 'any',
    scope: `${emulator.origin}/.default`,
  };
  const answer = await fetch(`${authority}/v2.0/token`, { method: 'POST', body: new URLSearchParams(form) });
  const { access_token } = (await answer.json()) as { access_token: string };

  const asToken = await fetch(address, { headers: { Authorization: `Bearer ${access_token}` } });
  const asEmail = await emulator.dataverse('GET', 'WhoAmI', { as: service });
  expect(asToken.status).toBe(200);
  expect(((await asToken.json()) as { UserId: string }).UserId).toBe(asEmail.body.UserId);
  const customers = await fetch(`${emulator.financeOperationsOrigin}/data/CustomersV3?$top=1`, {
    headers: { Authorization: `Bearer ${access_token}` },
  });
  expect(customers.status).toBe(200);
});
